using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.placed")]
public interface IPlacedGrain : IGrainWithStringKey
{
    [Alias("Silo")]
    Task<SiloAddress> SiloAsync();

    /// <summary>Calls a new grain with one payload; true when both held one and the same object.</summary>
    [Alias("SharesWithNeighbour")]
    Task<bool> SharesWithNeighbourAsync(bool immutable);

    [Alias("ReceiveImmutable")]
    Task ReceiveImmutableAsync(SealedPayload payload);

    /// <summary>Hands a new grain a batch of changes as pipelines do; true when that grain held the same message and the same batch.</summary>
    [Alias("SharesBatchWithNeighbour")]
    Task<bool> SharesBatchWithNeighbourAsync();

    [Alias("ReceiveDelivery")]
    Task ReceiveDeliveryAsync([Immutable] BatchDelivery delivery);

    /// <summary>Calls a new grain with an open payload that its parameter declares immutable; true when both held one and the same object.</summary>
    [Alias("SharesImmutableParameterWithNeighbour")]
    Task<bool> SharesImmutableParameterWithNeighbourAsync();

    [Alias("ReceiveAsImmutable")]
    Task ReceiveAsImmutableAsync([Immutable] OpenPayload payload);

    [Alias("CarryDelivery")]
    Task<BatchDelivery> CarryDeliveryAsync([Immutable] BatchDelivery delivery);

    [Alias("ReceiveOpen")]
    Task ReceiveOpenAsync(OpenPayload payload);

    /// <summary>The silo of a new grain that this one calls first.</summary>
    [Alias("SiloOfNeighbour")]
    Task<SiloAddress> SiloOfNeighbourAsync();

    /// <summary>Changes what it was given and keeps what it gives back.</summary>
    [Alias("ChangeAll")]
    Task<OpenPayload> ChangeAllAsync(OpenPayload payload);

    [Alias("Kept")]
    Task<OpenPayload> KeptAsync();

    [Alias("Carry")]
    Task<ForeignText> CarryAsync(ForeignText text);

    [Alias("CarryInside")]
    Task<ForeignCarrier> CarryInsideAsync(ForeignCarrier carrier);
}
