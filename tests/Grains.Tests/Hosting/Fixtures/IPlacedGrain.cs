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
