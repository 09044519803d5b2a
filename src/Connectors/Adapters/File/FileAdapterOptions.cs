using System.ComponentModel.DataAnnotations;
using PgCdc.Configuration;

namespace PgCdc.Connectors.Adapters.File;

/// <summary>Options of the file adapter.</summary>
public sealed record FileAdapterOptions
{
    [Param("File that lines are appended to.", Required = true)]
    public string Path { get; init; } = "";

    [Param("Size in bytes from which on the file is rotated."), Range(typeof(long), "1", "9223372036854775807")]
    public long MaxSize { get; init; } = 100 * 1024 * 1024;

    [Param("Rotated files that are kept, besides the current one."), Range(1, 1000)]
    public int MaxFiles { get; init; } = 5;
}
