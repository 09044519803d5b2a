namespace PgCdc.Delivery;

/// <summary>An event set aside with its error.</summary>
/// <param name="EventId">Identity of the event.</param>
/// <param name="Adapter">Name of the adapter that could not deliver it.</param>
/// <param name="Error">Text of the last error.</param>
/// <param name="Envelope">The event as JSON, UTF-8.</param>
/// <param name="Time">When it was set aside.</param>
public sealed record DeadLetter(UInt128 EventId, string Adapter, string Error, ReadOnlyMemory<byte> Envelope, DateTimeOffset Time);
