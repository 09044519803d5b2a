namespace PgCdc.Events;

/// <summary>Bytes made from a batch once and shared by everybody who wants the same. Disposed with the batch's storage.</summary>
public interface IBatchEncoding : IDisposable;
