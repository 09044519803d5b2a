namespace PgCdc.Reading;

/// <summary>One way of reading the change stream of a slot.</summary>
internal interface IReader
{
    string Name { get; }

    /// <summary>Reads the slot until its last transaction has come.</summary>
    Task ReadAsync(string slot, Workload workload);
}
