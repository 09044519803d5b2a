namespace PgCdc.Engine.Configuration;

/// <summary>Form of log lines.</summary>
public enum LogFormat
{
    /// <summary>Coloured on a terminal, else <see cref="Text"/>.</summary>
    Auto,

    /// <summary><c>key=value</c> pairs.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,

    /// <summary><see cref="Text"/> with a coloured level.</summary>
    Color,
}
