namespace PgCdc.Errors;

/// <summary>The configuration cannot be used; holds every problem found, not the first only.</summary>
public sealed class ConfigurationException : PgCdcException
{
    /// <summary>Creates an error from its problems.</summary>
    public ConfigurationException(IReadOnlyList<string> problems)
        : base(ErrorCode.InvalidConfiguration, "config validation: " + string.Join("; ", problems)) => Problems = problems;

    /// <summary>Creates an error from one problem.</summary>
    public ConfigurationException(string problem)
        : this([problem])
    {
    }

    /// <summary>The problems, each naming key or flag, value and what is allowed.</summary>
    public IReadOnlyList<string> Problems { get; }
}
