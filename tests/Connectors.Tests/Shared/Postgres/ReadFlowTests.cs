using PgCdc.Connectors.Shared.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

public sealed class ReadFlowTests
{
    private readonly SteppedTime _time = new();
    private readonly ReadFlow _flow;

    public ReadFlowTests() => _flow = new ReadFlow(_time);

    [Fact]
    public void Flow_ManyBytesInAShortTime_IsTold()
    {
        Receive(times: 40, bytes: 128, every: TimeSpan.FromMicroseconds(20));

        Assert.True(_flow.TryTake());
    }

    [Fact]
    public void Flow_AThousandSmallTransactionsPerSecond_IsNone()
    {
        for (var transaction = 0; transaction < 1000; transaction++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _flow.Received(300);
            Assert.False(_flow.TryTake());
        }
    }

    [Fact]
    public void Flow_OnceTold_NeedsNewBytes()
    {
        _flow.Received(100_000);

        Assert.True(_flow.TryTake());
        Assert.False(_flow.TryTake());
    }

    [Fact]
    public void Flow_ThatEndedLongAgo_IsNone()
    {
        _flow.Received(100_000);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(_flow.TryTake());
    }

    private void Receive(int times, int bytes, TimeSpan every)
    {
        for (var index = 0; index < times; index++)
        {
            _time.Advance(every);
            _flow.Received(bytes);
        }
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
