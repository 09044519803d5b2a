using PgCdc.Engine.Diagnostics;
using Xunit;

namespace PgCdc.Engine.Tests.Diagnostics;

public sealed class FailpointTests
{
    [Fact]
    public void Hit_ArmedUntilDisposed_RunsTheActionForItsNameOnly()
    {
        var hits = 0;
        using (Failpoint.Arm("here", () => hits++))
        using (Failpoint.Arm("there", () => hits += 10))
        {
            Failpoint.Hit("here");
            Failpoint.Hit("there");
            Failpoint.Hit("elsewhere");
        }

        Failpoint.Hit("here");
        Assert.Equal(11, hits);
    }

    [Fact]
    public async Task Hit_ArmedByAnotherFlow_DoesNothing()
    {
        var armed = new TaskCompletionSource();
        var done = new TaskCompletionSource();
        var hits = 0;
        var other = Other();
        await armed.Task;

        Failpoint.Hit("here");

        Assert.Equal(0, hits);
        done.SetResult();
        await other;
        Assert.Equal(1, hits);

        async Task Other()
        {
            await Task.Yield();
            using var scope = Failpoint.Arm("here", () => hits++);
            armed.SetResult();
            await done.Task;
            Failpoint.Hit("here");
        }
    }

    [Fact]
    public void Environment_Throw_ThrowsAtTheCountedHitOnly()
    {
        var action = FailpointAction.Parse("here:2:throw")!;
        action.Hit("here");
        action.Hit("there");
        Assert.Equal("Failpoint 'here' was hit.", Assert.Throws<FailpointException>(() => action.Hit("here")).Message);
        action.Hit("here");
    }

    [Fact]
    public void Environment_Nothing_IsOff() => Assert.Null(FailpointAction.Parse(null));

    [Theory]
    [InlineData("here:kil")]
    [InlineData("here:0")]
    [InlineData("here:1:delay=5")]
    [InlineData("here:1:throw:2")]
    public void Environment_Misspelt_IsAnError(string text)
    {
        var error = Assert.Throws<FormatException>(() => FailpointAction.Parse(text));
        Assert.Equal($"PGCDC_FAILPOINT: '{text}' is not name[:n][:kill|throw|delay=50ms].", error.Message);
    }

    [Theory]
    [InlineData("here")]
    [InlineData("here:3")]
    [InlineData("here:kill")]
    [InlineData("here:3:kill")]
    [InlineData("here:delay=50ms")]
    public void Environment_EveryForm_IsUnderstood(string text) => Assert.NotNull(FailpointAction.Parse(text));
}
