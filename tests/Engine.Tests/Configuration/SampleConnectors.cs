using System.ComponentModel.DataAnnotations;
using PgCdc.Configuration;
using PgCdc.Delivery;
using PgCdc.Engine.Configuration;
using PgCdc.Sources;

namespace PgCdc.Engine.Tests.Configuration;

/// <summary>One option of every kind and with every rule.</summary>
internal sealed record SampleAdapterOptions : IValidatableObject
{
    [Param("Servers."), MinLength(1)]
    public IReadOnlyList<string> Brokers { get; init; } = ["localhost:9092"];

    [Param("Mechanism."), AllowedValues(null, "plain", "scram-sha-256", "scram-sha-512")]
    public string? SaslMechanism { get; init; }

    [Param("Password.")]
    public Secret SaslPassword { get; init; }

    [Param("Wait."), Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(1);

    [Param("Size."), Range(typeof(long), "1", "9223372036854775807")]
    public long MaxSize { get; init; } = 100;

    [Param("Retries."), Range(0, 50)]
    public int MaxRetries { get; init; } = 5;

    [Param("Compress.", Alias = "-z")]
    public bool Compress { get; init; }

    [Param("Ratio.", Flag = "")]
    public double Ratio { get; init; } = 0.5;

    [Param("Where to.", Key = "target_url", Flag = "--target", Required = true), Url]
    public string? Url { get; init; }

    [Param("Mode.")]
    public SampleMode Mode { get; init; } = SampleMode.AppendOnly;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SaslMechanism is not null && SaslPassword.IsEmpty) yield return new ValidationResult("sample.sasl_password is required with sample.sasl_mechanism");
    }
}

internal enum SampleMode
{
    AppendOnly,
    Upsert,
}

[Connector("sample", "Takes samples.")]
internal sealed class SampleAdapterConnector : IAdapterConnector<SampleAdapterOptions>
{
    public IBatchAdapter Create(SampleAdapterOptions options, ConnectorContext context) => throw new SampleCreatedException(options, context);
}

internal sealed record SampleDetectorOptions : IDurableSource, IValidatableObject
{
    [Param("Database.", Key = "database_url", Flag = "--db", Required = true)]
    public Secret DatabaseUrl { get; init; }

    [Param("Publication.")]
    public string? Publication { get; init; }

    [Param("Everything.")]
    public bool AllTables { get; init; }

    [Param("Keep the slot.")]
    public bool PersistentSlot { get; init; }

    [Param("Acks govern.")]
    public bool CooperativeCheckpoint { get; init; }

    public string? DurableName => PersistentSlot ? $"pgcdc_{Publication ?? "all"}" : null;

    public bool DemandsAcks => CooperativeCheckpoint;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Publication is null && !AllTables) yield return new ValidationResult("detector.publication is required");
    }
}

[Connector("wal", "Reads samples.", Section = "detector")]
internal sealed class SampleDetectorConnector : IDetectorConnector<SampleDetectorOptions>
{
    public IDetector Create(SampleDetectorOptions options, ConnectorContext context) => throw new SampleCreatedException(options, context);
}

[Connector("sample", "The name again.")]
internal sealed class SecondSampleAdapterConnector : IAdapterConnector<SampleAdapterOptions>
{
    public IBatchAdapter Create(SampleAdapterOptions options, ConnectorContext context) => throw new SampleCreatedException(options, context);
}

[Connector("nothing", "Makes nothing.")]
internal sealed class NoConnector;

/// <summary>Carries what a connector was asked to make.</summary>
internal sealed class SampleCreatedException(object options, ConnectorContext context) : Exception
{
    public object Options => options;

    public ConnectorContext Context => context;
}
