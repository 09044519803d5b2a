using PgCdc.Client.Cli.Control;
using PgCdc.Engine.Tests.Silo;
using PgCdc.Silo.Http;
using Xunit;

namespace PgCdc.Engine.Tests.Client.Cli;

public sealed class StatusTextTests : IDisposable
{
    private readonly ManagementFixture _fixture = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public void WriteTable_PipelineWithAdapters_AlignsItsColumns()
    {
        StatusText.WriteTable(_output, [_fixture.Orders]);

        Assert.Equal(
            """
            PIPELINE  STATUS   EPOCH          CHECKPOINT  RECEIVED  ACKED
            --------  ------   -----          ----------  --------  -----
            orders    running  1750000000123  0/16B3748   112       100

            ADAPTER  STATUS    UNACKED  ERROR
            -------  ------    -------  -----
            file     up        12
            stdout   degraded  0        broken pipe

            """,
            _output.ToString());
    }

    [Fact]
    public void WriteTable_PipelineInError_ShowsWhy()
    {
        StatusText.WriteTable(_output, [new PipelineStatusView { Name = "orders", Status = "error", Error = "slot 'orders' is gone" }]);

        Assert.Equal(
            """
            PIPELINE  STATUS  EPOCH  CHECKPOINT  RECEIVED  ACKED
            --------  ------  -----  ----------  --------  -----
            orders    error   0      -           0         0

            orders: slot 'orders' is gone

            """,
            _output.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _fixture.Dispose();
    }
}
