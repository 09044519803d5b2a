namespace PgCdc.Connectors.Shared.Postgres;

/// <summary><c>channel_binding</c> as libpq defines it.</summary>
internal enum ChannelBindingMode
{
    Disable,
    Prefer,
    Require,
}
