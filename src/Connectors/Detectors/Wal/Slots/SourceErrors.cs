using Npgsql;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Errors;

namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>Why a source cannot be read: the object, what was seen, what to do, and whether trying again may help.</summary>
internal static class SourceErrors
{
    /// <summary>Translates what either way to the server reports.</summary>
    public static DetectorException Of(Exception error, ConnectionSettings settings) => error switch
    {
        DetectorException known => known,
        PostgresException server => OfServer(server.SqlState, server.MessageText, settings, server),
        PostgresServerException server => OfServer(server.SqlState, server.Error.Message, settings, server),
        PostgresProtocolException => new(ErrorCode.SourceProtocol, error.Message, isTransient: true, error),
        ConnectionSettingsException => NotReady(error.Message, error),
        // An interrupted handshake is a connection that broke; anything else about TLS stays as it is.
        PostgresTlsException { InnerException: IOException } => Unavailable($"{error.Message} Check that the server runs.", error),
        PostgresTlsException => new(ErrorCode.SourceAuthentication, $"{error.Message} Check sslmode and sslrootcert of --db.", isTransient: false, error),
        _ => Unavailable($"Cannot reach PostgreSQL at {settings.Address}: {Cause(error)}; check --db and that the server runs.", error),
    };

    public static DetectorException WalLevel(string seen, ConnectionSettings settings) => NotReady(
        $"wal_level of PostgreSQL at {settings.Address} is '{seen}', not 'logical'; run ALTER SYSTEM SET wal_level = logical and restart the server.");

    public static DetectorException NoPublication(string publication, string database) => NotReady(
        $"Publication '{publication}' does not exist in database '{database}'; run CREATE PUBLICATION {SqlName.Quote(publication)} FOR TABLE …, "
        + "or use --all-tables.");

    public static DetectorException MayNotCreatePublication(string publication, ConnectionSettings settings, Exception cause) => NotReady(
        $"Role '{settings.User}' may not create publication '{publication}' FOR ALL TABLES, which needs a superuser; let one run "
        + $"CREATE PUBLICATION {SqlName.Quote(publication)} FOR ALL TABLES, or set --publication to an existing one.", cause);

    public static DetectorException MayNotTerminate(SlotFacts slot, ConnectionSettings settings, Exception cause) => new(
        ErrorCode.SourceInUse,
        $"Slot '{slot.Name}' is in use by process {slot.ActivePid} ({slot.ActiveApplication}), an older run of this pipeline, and role '{settings.User}' "
        + "may not end it; stop it, or grant pg_signal_backend.",
        isTransient: true,
        cause);

    public static DetectorException OtherCluster(string expected, string seen, ConnectionSettings settings) => new(
        ErrorCode.SourcePositionLost,
        $"PostgreSQL at {settings.Address} is cluster '{seen}', but this run began with cluster '{expected}'; connect to the old one and start again.",
        isTransient: false);

    private static DetectorException OfServer(string state, string message, ConnectionSettings settings, Exception cause) => state switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new(
            ErrorCode.SourceAuthentication,
            $"PostgreSQL at {settings.Address} refuses role '{settings.User}': {message}; check user and password of --db, and pg_hba.conf.",
            isTransient: false,
            cause),
        PostgresErrorCodes.InvalidCatalogName => NotReady(
            $"Database '{settings.Database}' does not exist on PostgreSQL at {settings.Address}; check --db.", cause),
        PostgresErrorCodes.InsufficientPrivilege when message.Contains("database", StringComparison.Ordinal) => NotReady(
            $"Role '{settings.User}' may not enter database '{settings.Database}': {message}; "
            + $"run GRANT CONNECT ON DATABASE {SqlName.Quote(settings.Database)} TO {SqlName.Quote(settings.User)}.", cause),
        PostgresErrorCodes.InsufficientPrivilege => NotReady(
            $"Role '{settings.User}' lacks a privilege for logical replication: {message}; "
            + $"run ALTER ROLE {SqlName.Quote(settings.User)} REPLICATION (on RDS: GRANT rds_replication).", cause),
        PostgresErrorCodes.TooManyConnections => Unavailable(
            $"PostgreSQL at {settings.Address} takes no further connection: {message}; raise max_wal_senders or max_connections, or stop another reader.", cause),
        PostgresErrorCodes.ConfigurationLimitExceeded => NotReady(
            $"PostgreSQL at {settings.Address} is at a limit: {message}; raise max_replication_slots and restart it, or drop an unused slot (pgcdc slot list).", cause),
        PostgresErrorCodes.UndefinedObject when cause is PostgresServerException => NotReady(
            $"PostgreSQL at {settings.Address} ended replication: {message} at that place of the log, where every change looks it up: it was made, or made "
            + "again, after the slot; drop the slot, copy the tables afresh and start with a new pipeline state.", cause),
        _ when cause is PostgresServerException => Unavailable($"PostgreSQL at {settings.Address} ended replication: {message} (SQLSTATE {state}).", cause),
        _ => Unavailable($"PostgreSQL at {settings.Address} answered: {message} (SQLSTATE {state}).", cause),
    };

    private static string Cause(Exception error) => (error.InnerException ?? error).Message.TrimEnd('.');

    private static DetectorException Unavailable(string message, Exception cause) => new(ErrorCode.SourceUnavailable, message, isTransient: true, cause);

    private static DetectorException NotReady(string message, Exception? cause = null) => new(ErrorCode.SourceNotReady, message, isTransient: false, cause);
}
