using PgCdc.Engine.Checkpoints;
using PgCdc.Errors;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Sources;

namespace PgCdc.Grains.Pipelines;

/// <summary>Stores a run's checkpoint in the state of its pipeline grain.</summary>
internal sealed class GrainCheckpointSink(IPipelineGrain grain) : ICheckpointSink
{
    public async Task SaveAsync(long epoch, string detector, DetectorCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        Fault? fault;
        try
        {
            fault = await grain.SaveCheckpointAsync(new CheckpointReport(epoch, detector, checkpoint)).WaitAsync(cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CheckpointException(ErrorCode.StateUnavailable, $"The pipeline grain did not store the checkpoint: {error.Message}", error);
        }

        if (fault is not null)
            throw new CheckpointException(fault.Code, fault.Message);
    }
}
