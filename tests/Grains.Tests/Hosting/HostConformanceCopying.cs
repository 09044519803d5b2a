using PgCdc.Events.Serialization;
using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

public sealed class HostConformanceCopying(ConformanceCluster cluster) : IClassFixture<ConformanceCluster>
{
    private readonly string _key = cluster.NewKey();

    private IPlacedGrain Grain => cluster.Client.GetGrain<IPlacedGrain>(_key);

    [Fact]
    public async Task PreferLocalPlacement_NewGrain_IsOnTheSiloOfItsCaller()
    {
        Assert.Equal(await Grain.SiloAsync(), await Grain.SiloOfNeighbourAsync());
    }

    [Fact]
    public async Task ImmutableType_OnOneSilo_IsNotCopied()
    {
        Assert.True(await Grain.SharesWithNeighbourAsync(immutable: true));
    }

    [Fact]
    public async Task MutableType_OnOneSilo_IsCopied()
    {
        Assert.False(await Grain.SharesWithNeighbourAsync(immutable: false));
    }

    [Fact]
    public async Task ImmutableParameter_OnOneSilo_IsNotCopied()
    {
        Assert.True(await Grain.SharesImmutableParameterWithNeighbourAsync());
    }

    [Fact]
    public async Task Batch_OnOneSilo_IsNotCopied()
    {
        Assert.True(await Grain.SharesBatchWithNeighbourAsync());
    }

    [Fact]
    public async Task Batch_AcrossTheBorderOfASilo_IsEqualAndNotTheSame()
    {
        var mine = SampleDelivery.Create();
        var back = await Grain.CarryDeliveryAsync(mine);

        Assert.NotSame(mine.Batch, back.Batch);
        Assert.Equal((mine.From, mine.Incarnation), (back.From, back.Incarnation));
        Assert.Equal(BatchBlob.Write(mine.Batch), BatchBlob.Write(back.Batch));
    }

    [Fact]
    public async Task Argument_ChangedByTheCallee_StaysAsItWasForTheCaller()
    {
        var mine = new OpenPayload { Numbers = [1], Bytes = [1] };
        var changed = await Grain.ChangeAllAsync(mine);

        Assert.Equal([1], mine.Numbers);
        Assert.Empty(mine.Children);
        Assert.Equal([1], mine.Bytes);
        Assert.Equal([1, 99], changed.Numbers);
        Assert.Single(changed.Children);
        Assert.Equal([99], changed.Bytes);
    }

    [Fact]
    public async Task Result_ChangedByTheCaller_StaysAsItWasForTheCallee()
    {
        var result = await Grain.ChangeAllAsync(new OpenPayload { Numbers = [1], Bytes = [1] });
        result.Numbers.Clear();

        Assert.Equal([1, 99], (await Grain.KeptAsync()).Numbers);
    }

    [Fact]
    public async Task TypeWithConverter_CrossesThroughItsSurrogate()
    {
        var mine = new ForeignText("carried");
        var back = await Grain.CarryAsync(mine);

        Assert.Equal("carried", back.Text);
        Assert.NotSame(mine, back);
    }

    [Fact]
    public async Task TypeWithConverter_InsideAnImmutableMessage_CrossesTheBorderOfASilo()
    {
        var mine = new ForeignCarrier(new ForeignText("inside"), (1, "two"));
        var back = await Grain.CarryInsideAsync(mine);

        Assert.Equal("inside", back.Text.Text);
        Assert.Equal((1, "two"), back.Pair);
        Assert.NotSame(mine.Text, back.Text);
    }
}
