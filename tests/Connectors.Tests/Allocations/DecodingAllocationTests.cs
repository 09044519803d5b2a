using PgCdc.Micro.Decoding;
using PgCdc.TestKit.Allocations;
using Xunit;

namespace PgCdc.Connectors.Tests.Allocations;

public sealed class DecodingAllocationTests
{
    [Fact]
    public void Decoding_OfInserts_StaysWithinItsBudget()
    {
        var lap = new DecoderLap();
        AllocationBudget.Check("decode.insert", DecoderLap.Events, lap.Run);
        Assert.Equal(0, lap.Given % DecoderLap.Events);
        Assert.True(lap.Given > 0);
    }
}
