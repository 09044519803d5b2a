using Npgsql;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The same settings in Npgsql's words, for everything that is not replication.</summary>
internal static class NpgsqlSettings
{
    /// <summary>
    /// Npgsql checks a certificate in its verify modes only, so <c>require</c> with a root certificate becomes <c>VerifyCA</c>;
    /// <c>allow</c> and <c>prefer</c>, which may end without TLS anyway, go without the check.
    /// </summary>
    public static NpgsqlConnectionStringBuilder ToNpgsql(this ConnectionSettings settings)
    {
        var mode = Mode(settings);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = settings.Host,
            Port = settings.Port,
            Username = settings.User,
            Database = settings.Database,
            SslMode = mode,
            ChannelBinding = (ChannelBinding)(int)settings.ChannelBinding,
            Timeout = settings.ConnectTimeout == System.Threading.Timeout.InfiniteTimeSpan ? 0 : (int)settings.ConnectTimeout.TotalSeconds,
        };
        SetIfGiven(builder, "Password", settings.Password);
        SetIfGiven(builder, "Application Name", settings.ApplicationName);
        SetIfGiven(builder, "Options", settings.Options);
        SetIfGiven(builder, "SSL Certificate", settings.SslCertificate);
        SetIfGiven(builder, "SSL Key", settings.SslCertificate is null ? null : settings.SslKey);
        var checks = mode is Npgsql.SslMode.VerifyCA or Npgsql.SslMode.VerifyFull;
        SetIfGiven(builder, "Root Certificate", checks && settings.SslRootCertificate != ConnectionSettings.SystemAuthorities ? settings.SslRootCertificate : null);
        return builder;
    }

    private static Npgsql.SslMode Mode(ConnectionSettings settings) => settings.SslMode switch
    {
        // libpq never speaks TLS over a Unix socket.
        _ when settings.IsUnixSocket => Npgsql.SslMode.Disable,
        SslMode.Disable => Npgsql.SslMode.Disable,
        SslMode.Allow => Npgsql.SslMode.Allow,
        SslMode.Prefer => Npgsql.SslMode.Prefer,
        SslMode.Require when settings.CertificateCheck == CertificateCheck.None => Npgsql.SslMode.Require,
        SslMode.VerifyFull => Npgsql.SslMode.VerifyFull,
        _ => Npgsql.SslMode.VerifyCA,
    };

    private static void SetIfGiven(NpgsqlConnectionStringBuilder builder, string keyword, string? value)
    {
        if (value is not null)
            builder[keyword] = value;
    }
}
