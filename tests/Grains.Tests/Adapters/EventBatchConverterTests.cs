using PgCdc.Grains.Interfaces.Serialization;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.Grains.Tests.Adapters;

public sealed class EventBatchConverterTests
{
    private readonly EventBatchConverter _converter = new();

    [Fact]
    public void Batch_SentToAnotherSilo_ArrivesWithSequencesAndBytesAndKeepsItsLease()
    {
        var batch = new RandomChanges(new Random(3)).Batch().Numbered(7, 100, 2);
        var arrived = _converter.ConvertFromSurrogate(_converter.ConvertToSurrogate(batch));

        Assert.Equal((batch.Epoch, batch.FirstSequence, batch.EndSequence, batch.Count), (arrived.Epoch, arrived.FirstSequence, arrived.EndSequence, arrived.Count));
        Assert.Equal(Enumerable.Range(0, batch.Count).Select(index => batch[index].Id), Enumerable.Range(0, arrived.Count).Select(index => arrived[index].Id));
        batch.Release();
        Assert.False(batch.TryRetain());
        Assert.True(arrived.TryRetain());
    }

    [Fact]
    public void Batch_ReleasedBeforeItWasSent_IsRefused()
    {
        var batch = new RandomChanges(new Random(3)).Batch();
        batch.Release();

        Assert.Throws<ObjectDisposedException>(() => _converter.ConvertToSurrogate(batch));
    }
}
