using PgCdc.Connectors.Adapters.Stdout;
using PgCdc.Delivery;
using PgCdc.TestKit.Compliance;

namespace PgCdc.Connectors.Tests.Adapters.Stdout;

public sealed class StdoutAdapterComplianceTests : AdapterCompliance, IDisposable
{
    private readonly OutputPipe _pipe = new();

    public void Dispose() => _pipe.Dispose();

    protected override IBatchAdapter Create() => new StdoutAdapter(_pipe.Output);

    protected override async Task<IReadOnlyList<string>> ArrivedAsync()
    {
        _pipe.CloseWriter();
        return await _pipe.ReadIdsAsync();
    }
}
