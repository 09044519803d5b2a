namespace PgCdc.Configuration;

/// <summary>A value that must not be shown. Its text is <c>***</c>; <see cref="Reveal"/> gives the value.</summary>
public readonly struct Secret : IEquatable<Secret>
{
    private readonly string? _value;

    /// <summary>Wraps a value.</summary>
    public Secret(string? value) => _value = value;

    /// <summary>Whether there is no value.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>The value; empty when there is none.</summary>
    public string Reveal() => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => IsEmpty ? "" : "***";

    /// <inheritdoc/>
    public bool Equals(Secret other) => string.Equals(Reveal(), other.Reveal(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Secret other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Reveal().GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether both hold the same value.</summary>
    public static bool operator ==(Secret left, Secret right) => left.Equals(right);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(Secret left, Secret right) => !left.Equals(right);
}
