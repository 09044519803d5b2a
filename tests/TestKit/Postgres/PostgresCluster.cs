using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PgCdc.TestKit.Postgres;

/// <summary>How the server is stopped; the names are those of <c>pg_ctl stop -m</c>.</summary>
public enum StopMode
{
    /// <summary>Sessions are ended, buffers written: a clean shutdown.</summary>
    Fast,

    /// <summary>Sessions are dropped and recovery runs at the next start, as after a crash.</summary>
    Immediate,
}

/// <summary>
/// A private PostgreSQL server of one test class: own folder, own free port, logical WAL, <c>wal_sender_timeout = 5s</c>.
/// The superuser is <c>postgres</c>, without a password. Disposing it stops the server and removes the folder.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const int StartAttempts = 3;
    private readonly PostgresClusterOptions _options;
    private readonly TestCertificates? _certificates;

    private PostgresCluster(PostgresClusterOptions options)
    {
        _options = options;
        _certificates = options.Tls ? new TestCertificates("PgCdc test authority") : null;
        Folder = Directory.CreateTempSubdirectory("pgcdc-pg-").FullName;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Holds the data folder, the Unix socket, the log and, with TLS, the certificates.</summary>
    public string Folder { get; }

    /// <summary>TCP port on the loopback addresses; stays the same over restarts.</summary>
    public int Port { get; private set; }

    /// <summary>Directory of the Unix socket, usable as a libpq host.</summary>
    public string SocketDirectory => Folder;

    public string DataDirectory => Path.Combine(Folder, "data");

    public string LogFile => Path.Combine(Folder, "server.log");

    /// <summary>The authority that signed the server's certificate, as a PEM file.</summary>
    public string AuthorityFile => Path.Combine(Folder, "ca.crt");

    /// <summary>A certificate of the authority for a client with the common name <c>client</c> (the database user that method <c>cert</c> lets in).</summary>
    public string ClientCertificateFile => Path.Combine(Folder, "client.crt");

    public string ClientKeyFile => Path.Combine(Folder, "client.key");

    /// <summary>Npgsql connection string of the superuser over TCP, without pooling.</summary>
    public string ConnectionString => ConnectionStringFor("postgres");

    /// <summary>What a user passes in <c>--db</c> for the superuser over TCP.</summary>
    public string Uri => UriFor("postgres");

    /// <summary>Process id of the postmaster; <c>null</c> while the server is stopped.</summary>
    public int? ProcessId => ReadProcessId();

    public static async Task<PostgresCluster> StartNewAsync(PostgresClusterOptions? options = null, CancellationToken cancellationToken = default)
    {
        var cluster = new PostgresCluster(options ?? new PostgresClusterOptions());
        try
        {
            await cluster.InitializeAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public string ConnectionStringFor(string database, string user = "postgres", string? password = null) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = user,
            Password = password,
            Database = database,
            Pooling = false,
            CommandTimeout = 0,
        }.ConnectionString;

    /// <summary>A URI on <c>localhost</c>; with <paramref name="port"/> through a proxy.</summary>
    public string UriFor(string database, string user = "postgres", string? password = null, int? port = null)
    {
        var credentials = password is null ? user : $"{System.Uri.EscapeDataString(user)}:{System.Uri.EscapeDataString(password)}";
        return $"postgres://{credentials}@localhost:{(port ?? Port).ToString(CultureInfo.InvariantCulture)}/{System.Uri.EscapeDataString(database)}";
    }

    public async Task<NpgsqlConnection> OpenAsync(string database = "postgres", CancellationToken cancellationToken = default)
    {
        var connection = new NpgsqlConnection(ConnectionStringFor(database));
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async Task ExecuteAsync(string sql, string database = "postgres", CancellationToken cancellationToken = default)
    {
        await using var connection = await OpenAsync(database, cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<T?> ScalarAsync<T>(string sql, string database = "postgres", CancellationToken cancellationToken = default)
    {
        await using var connection = await OpenAsync(database, cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        await ExecuteAsync($"CREATE DATABASE \"{name}\"", cancellationToken: cancellationToken);
        return name;
    }

    /// <summary>Starts a stopped server on its old port; returns when it accepts sessions.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) =>
        PgCtlAsync(["start", "-l", LogFile, "-o", $"-p {Port}"], cancellationToken);

    public Task StopAsync(StopMode mode = StopMode.Fast, CancellationToken cancellationToken = default) =>
        PgCtlAsync(["stop", "-m", NameOf(mode)], cancellationToken);

    public async Task RestartAsync(StopMode mode = StopMode.Immediate, CancellationToken cancellationToken = default)
    {
        await StopAsync(mode, cancellationToken);
        await StartAsync(cancellationToken);
    }

    /// <summary>SIGKILL to the postmaster and all its sessions; <see cref="StartAsync"/> brings the server back.</summary>
    public void Kill()
    {
        if (ReadProcessId() is not { } postmaster)
            return;
        var family = ChildrenOf(postmaster).Prepend(postmaster).ToArray();
        foreach (var id in family)
            KillProcess(id);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        if (ReadProcessId() is not null)
            await StopAsync(StopMode.Immediate, CancellationToken.None);
        _certificates?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string NameOf(StopMode mode) => mode == StopMode.Fast ? "fast" : "immediate";

    private async Task InitializeAsync(CancellationToken cancellationToken)
    {
        FileModes.MakeEnterable(Folder);
        WriteCertificates();
        await PostgresBinaries.HandOverAsync(Folder, cancellationToken);
        await PostgresBinaries.RunAsync(
            PostgresBinaries.PathOf("initdb"),
            ["-D", DataDirectory, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"],
            cancellationToken);
        await File.AppendAllLinesAsync(Path.Combine(DataDirectory, "postgresql.conf"), Configuration(), cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(DataDirectory, "pg_hba.conf"), HostBasedAccess(), cancellationToken);
        await StartOnFreePortAsync(cancellationToken);
    }

    private void WriteCertificates()
    {
        if (_certificates is null)
            return;
        _certificates.WriteAuthority(AuthorityFile);
        _certificates.WriteLeaf(Folder, "server", "localhost", "localhost");
        _certificates.WriteLeaf(Folder, "client", "client");
    }

    /// <summary>Between choosing a free port and binding it another process may take it; the next attempt takes another.</summary>
    private async Task StartOnFreePortAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort();
            try
            {
                await StartAsync(cancellationToken);
                return;
            }
            catch (InvalidOperationException) when (attempt < StartAttempts)
            {
                // Tried again on another port; the last failure is reported with the server's words.
            }
        }
    }

    private IEnumerable<string> Configuration()
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "localhost",
            ["unix_socket_directories"] = SocketDirectory,
            ["wal_level"] = "logical",
            ["wal_sender_timeout"] = "5s",
            ["max_wal_senders"] = "20",
            ["max_replication_slots"] = "20",
            ["fsync"] = _options.Fsync ? "on" : "off",
            ["shared_buffers"] = "64MB",
            ["jit"] = "off",
        };
        if (_options.Tls)
        {
            settings["ssl"] = "on";
            settings["ssl_cert_file"] = Path.Combine(Folder, "server.crt");
            settings["ssl_key_file"] = Path.Combine(Folder, "server.key");
            settings["ssl_ca_file"] = AuthorityFile;
        }
        foreach (var (name, value) in _options.Settings)
            settings[name] = value;
        return settings.Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'");
    }

    private IEnumerable<string> HostBasedAccess() =>
    [
        // "all" does not match replication=true sessions, but does match the replication=database ones of logical decoding.
        .. _options.Hba,
        "local all all trust",
        "host all all all trust",
        "local replication all trust",
        "host replication all all trust",
    ];

    private Task PgCtlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        PostgresBinaries.RunAsync(
            PostgresBinaries.PathOf("pg_ctl"), ["-D", DataDirectory, "-w", "-t", "30", "-s", .. arguments], cancellationToken);

    private int? ReadProcessId()
    {
        var path = Path.Combine(DataDirectory, "postmaster.pid");
        if (!File.Exists(path))
            return null;
        var id = int.Parse(File.ReadLines(path).First(), CultureInfo.InvariantCulture);
        return Directory.Exists($"/proc/{id}") ? id : null;
    }

    private static IEnumerable<int> ChildrenOf(int parent) =>
        Directory.GetDirectories($"/proc/{parent}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    private static void KillProcess(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // Gone already: sessions end by themselves when their postmaster dies.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void OnProcessExit(object? sender, EventArgs e) => Kill();
}
