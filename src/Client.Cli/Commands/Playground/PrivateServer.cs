using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>A PostgreSQL server for one playground: new data, own free port on the loopback address, a random password. Disposing it stops it.</summary>
internal sealed class PrivateServer : IAsyncDisposable
{
    private const string User = "playground";
    private readonly ServerPrograms _programs;
    private readonly string _folder;
    private readonly int _port = FreePort();
    private readonly string _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private PrivateServer(ServerPrograms programs, string folder)
    {
        _programs = programs;
        _folder = folder;
    }

    public string Url => $"postgres://{User}:{_password}@127.0.0.1:{Port}/postgres";

    private string Data => Path.Combine(_folder, "data");

    private string Port => _port.ToString(CultureInfo.InvariantCulture);

    public static async Task<PrivateServer> StartAsync(
        ServerPrograms programs, string folder, TextWriter messages, CancellationToken cancellationToken)
    {
        var server = new PrivateServer(programs, folder);
        await server.RemoveOldAsync(cancellationToken);
        await server.CreateAsync(cancellationToken);
        await server.StartAsync();
        await messages.WriteLineAsync($"PostgreSQL runs on 127.0.0.1:{server.Port}, its files are in {folder}");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        await _programs.RunAsync("pg_ctl", [.. Control, "-m", "fast", "stop"], CancellationToken.None);
        PlaygroundFolder.Clear(_folder);
    }

    private string[] Control => ["-D", Data, "-s", "-w", "-t", "30"];

    /// <summary>Not interrupted: a server that is just starting would be left behind.</summary>
    private async Task StartAsync()
    {
        await _programs.RunAsync("pg_ctl", [.. Control, "-l", Path.Combine(_folder, "server.log"), "start"], CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>A second Ctrl-C ends the program at once, but not without its server.</summary>
    private void OnProcessExit(object? sender, EventArgs e)
    {
        if (RunningProcessId() is not { } id)
            return;
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    /// <summary>A playground that was killed left its server running and its files behind.</summary>
    private async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        if (RunningProcessId() is not null)
            await _programs.RunAsync("pg_ctl", [.. Control, "-m", "immediate", "stop"], cancellationToken);
        PlaygroundFolder.Clear(Data);
    }

    private int? RunningProcessId()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(file))
            return null;
        var id = int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
        return Directory.Exists($"/proc/{id}") ? id : null;
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var passwordFile = Path.Combine(_folder, "password");
        await WritePrivateAsync(passwordFile, _password);
        await ServerPrograms.TryHandOverAsync(_folder, cancellationToken);
        await _programs.RunAsync(
            "initdb",
            ["-D", Data, "-U", User, "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"],
            cancellationToken);
        File.Delete(passwordFile);
        await File.AppendAllLinesAsync(Path.Combine(Data, "postgresql.conf"), Settings(), cancellationToken);
    }

    private IEnumerable<string> Settings() =>
    [
        "listen_addresses = '127.0.0.1'",
        $"port = {Port}",
        "unix_socket_directories = ''",
        "wal_level = logical",
        "shared_buffers = 64MB",
        // Its data live as long as the playground.
        "fsync = off",
    ];

    private static async Task WritePrivateAsync(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(text);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
