using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Silo.Http;
using Xunit;

namespace PgCdc.Engine.Tests.Silo;

public sealed class GrainPipelineStatusSourceTests
{
    private static readonly PipelineStatus Orders = new()
    {
        Name = "orders",
        Condition = PipelineCondition.Running,
        Adapters = [new AdapterStatus { Name = "file", Unacked = 3 }, new AdapterStatus { Name = "stdout", Problem = "broken pipe" }],
    };

    [Theory]
    [InlineData(PipelineCondition.Stopped, "stopped")]
    [InlineData(PipelineCondition.Starting, "starting")]
    [InlineData(PipelineCondition.Running, "running")]
    [InlineData(PipelineCondition.Stopping, "stopping")]
    [InlineData(PipelineCondition.Paused, "paused")]
    [InlineData(PipelineCondition.Failed, "error")]
    public void View_PipelineInAState_HasTheWordOfTheApi(PipelineCondition condition, string expected) =>
        Assert.Equal(expected, GrainPipelineStatusSource.View(Orders with { Condition = condition }).Status);

    [Fact]
    public void View_PipelineRuns_AdaptersAreUpOrDegraded() => Assert.Equal(
        [
            new AdapterStatusView { Name = "file", Status = "up", Unacked = 3 },
            new AdapterStatusView { Name = "stdout", Status = "degraded", Error = "broken pipe" },
        ],
        GrainPipelineStatusSource.View(Orders).Adapters);

    [Fact]
    public void View_PipelineFailed_AdaptersAreDownAndTheFaultIsShown()
    {
        var view = GrainPipelineStatusSource.View(
            Orders with { Condition = PipelineCondition.Failed, Fault = new Fault(ErrorCode.SourcePositionLost, "slot 'orders' is gone") });

        Assert.Equal("slot 'orders' is gone", view.Error);
        Assert.All(view.Adapters, adapter => Assert.Equal("down", adapter.Status));
    }
}
