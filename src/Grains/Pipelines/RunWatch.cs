using PgCdc.Engine.Pipeline;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Pipelines;

/// <summary>Lets a run work and tells its grain how it ended. Lives off the grain scheduler; touches no field of the grain.</summary>
internal sealed class RunWatch(PipelineRun run, IPipelineGrain grain, TimeProvider time)
{
    private const int Attempts = 10;

    public async Task RunAsync()
    {
        Fault? fault = null;
        try
        {
            await run.RunAsync();
        }
        catch (Exception error)
        {
            fault = Fault.Of(error, ErrorCode.StateUnavailable);
        }

        await ReportAsync(fault);
    }

    /// <summary>A grain that cannot be reached has lost its silo; its next activation knows nothing of this run and needs no report.</summary>
    private async Task ReportAsync(Fault? fault)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                await grain.RunEndedAsync(run.Epoch, fault);
                return;
            }
            catch (Exception)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), time);
            }
        }
    }
}
