using PgCdc.Configuration;
using PgCdc.Engine.Delivery;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Pipelines;

/// <summary>A run's way to an adapter grain.</summary>
internal sealed class GrainAdapterPort(ConnectorDefinition definition, bool syncBeforeAck, TimeSpan drain, IAdapterGrain grain) : IAdapterPort
{
    public string Name => definition.Name;

    public async Task<DeliveryReceipt> OpenAsync(long epoch, long firstSequence, CancellationToken cancellationToken)
    {
        var opening = new AdapterOpening { Definition = definition, Epoch = epoch, FirstSequence = firstSequence, SyncBeforeAck = syncBeforeAck };
        return Receipt(await grain.OpenAsync(opening).WaitAsync(cancellationToken));
    }

    public async Task<DeliveryReceipt> DeliverAsync(EventBatch batch, long from, long incarnation, CancellationToken cancellationToken)
    {
        var delivery = new BatchDelivery { Batch = batch, From = from, Incarnation = incarnation };
        return Receipt(await grain.DeliverAsync(delivery).WaitAsync(cancellationToken));
    }

    public async Task<DeliveryReceipt> ProbeAsync(long epoch, long incarnation, CancellationToken cancellationToken) =>
        Receipt(await grain.ProbeAsync(epoch, incarnation).WaitAsync(cancellationToken));

    public Task CloseAsync(long epoch, CancellationToken cancellationToken) => grain.CloseAsync(epoch, drain).WaitAsync(cancellationToken);

    private DeliveryReceipt Receipt(DeliveryReply reply) => reply.Answer switch
    {
        DeliveryAnswer.Accepted => new DeliveryReceipt(DeliveryOutcome.Accepted, reply.Incarnation, reply.AckedBelow),
        DeliveryAnswer.Reopen => new DeliveryReceipt(DeliveryOutcome.Reopen, reply.Incarnation, reply.AckedBelow),
        DeliveryAnswer.StaleEpoch => new DeliveryReceipt(DeliveryOutcome.StaleEpoch, reply.Incarnation, reply.AckedBelow),
        DeliveryAnswer.Halted => throw Failure(reply.Fault, Disposition.Halt),
        _ => throw Failure(reply.Fault, Disposition.Retry),
    };

    private PgCdcException Failure(Fault? fault, Disposition disposition) => fault switch
    {
        null => new DeliveryException(ErrorCode.DeliveryFailed, disposition, $"Adapter '{Name}' could not be opened and gave no reason."),
        { Code: ErrorCode.InvalidConfiguration } => new ConfigurationException(fault.Message),
        _ => new DeliveryException(fault.Code, disposition, fault.Message),
    };
}
