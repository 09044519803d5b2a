using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using PgCdc.Configuration;

namespace PgCdc.Engine.Configuration;

/// <summary>The options of <c>listen</c> that belong to no connector.</summary>
internal sealed partial record PipelineOptions : IValidatableObject
{
    [Param("Where the changes come from: the name of a detector.", Key = "detector.type", Flag = "--detector")]
    public string? Detector { get; init; }

    [Param("Where the changes go: names of adapters.", Key = "adapters", Flag = "--adapter", Alias = "-a"), MinLength(1)]
    public IReadOnlyList<string> Adapters { get; init; } = ["stdout"];

    [Param("Name of the pipeline and of its state; the slot's name when empty.", Flag = "")]
    public string? PipelineName { get; init; }

    [Param("What happens when an adapter does not keep up; reliable with a persistent slot, else fast.", Key = "bus.mode")]
    public BusMode? BusMode { get; init; }

    // The original has 1024. Credit is handed out in batches of 1,024 events, so that would let one batch wait at a time.
    [Param("Events that may wait for one adapter.", Key = "bus.buffer_size", Flag = ""), Range(1, int.MaxValue)]
    public int BufferSize { get; init; } = 16 * 1024;

    [Param("How long a stop may drain.", Flag = ""), Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);

    [Param("Longest wait before the first reconnect to the source.", Key = "detector.backoff_base", Flag = ""), Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(5);

    [Param("Longest wait before any reconnect to the source.", Key = "detector.backoff_cap", Flag = ""), Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(60);

    [Param("Address (host:port) that serves /metrics, /healthz and /readyz; none when empty.", Key = "metrics_addr")]
    public string? MetricsAddress { get; init; }

    [Param("Folder for checkpoints and other state.", Key = "state_dir"), Required]
    public string StateDirectory { get; init; } = "./.pgcdc";

    [Param("Least level that is logged.")]
    public LogThreshold LogLevel { get; init; } = LogThreshold.Info;

    [Param("Form of log lines; auto is color on a terminal, else text.")]
    public LogFormat LogFormat { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PipelineName is not null && !NameForm().IsMatch(PipelineName))
            yield return new ValidationResult($"pipeline_name: '{PipelineName}' must be 1 to 63 letters, digits, '_', '-' or '.', and start with a letter or digit");
        if (MetricsAddress is not (null or "") && !AddressForm().IsMatch(MetricsAddress))
            yield return new ValidationResult($"metrics_addr: '{MetricsAddress}' is not host:port or :port");
        if (BackoffCap < BackoffBase)
            yield return new ValidationResult($"detector.backoff_cap: '{GoDuration.Format(BackoffCap)}' is below detector.backoff_base {GoDuration.Format(BackoffBase)}");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^([^:\s]*|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}$", RegexOptions.CultureInvariant)]
    private static partial Regex AddressForm();
}
