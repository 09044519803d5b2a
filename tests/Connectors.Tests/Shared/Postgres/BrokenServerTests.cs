using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PgCdc.Connectors.Shared.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

/// <summary>Servers that are absent, silent, or not PostgreSQL.</summary>
public sealed class BrokenServerTests
{
    private static readonly Dictionary<string, string> s_noOptions = [];

    [Fact]
    public void Open_WithNobodyListening_NamesAddressAndCause()
    {
        var settings = Settings($"postgres://u@127.0.0.1:{UnusedPort()}/d");

        var error = Assert.Throws<PostgresSessionException>(() => ReplicationConnection.Open(settings));

        Assert.Equal($"Cannot connect to {settings.Address}: Connection refused.", error.Message);
    }

    [Fact]
    public void Open_WithoutAUnixSocket_NamesItsPath()
    {
        var error = Assert.Throws<PostgresSessionException>(() => ReplicationConnection.Open(Settings("host=/tmp/nowhere user=u")));

        Assert.StartsWith("Cannot connect to /tmp/nowhere/.s.PGSQL.5432: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfASilentServer_EndsAtTheConnectTimeout()
    {
        using var server = new ScriptedServer(stream => ScriptedServer.ReadSomethingAsync(stream).ContinueWith(_ => Task.Delay(Timeout.Infinite)).Unwrap());
        var settings = server.Settings with { ConnectTimeout = TimeSpan.FromMilliseconds(200) };

        var error = Assert.Throws<PostgresSessionException>(() => ReplicationConnection.Open(settings));

        Assert.Equal($"{settings.Address} opened no session within 0.2 s (connect_timeout).", error.Message);
    }

    [Fact]
    public void Open_WhenSynIsNotAnswered_EndsAtTheConnectTimeout()
    {
        // With its backlog full, a listener drops further connection requests.
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using var first = new Socket(SocketType.Stream, ProtocolType.Tcp);
        first.Connect(IPAddress.Loopback, port);
        var settings = Settings($"postgres://u@127.0.0.1:{port}/d?sslmode=disable") with { ConnectTimeout = TimeSpan.FromMilliseconds(200) };
        var clock = Stopwatch.StartNew();

        Assert.Throws<PostgresSessionException>(() => ReplicationConnection.Open(settings));

        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Open_Cancelled_EndsAsCancelled()
    {
        using var server = new ScriptedServer(_ => Task.Delay(Timeout.Infinite));
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Assert.Throws<OperationCanceledException>(() => ReplicationConnection.Open(server.Settings, null, cancellation.Token));
    }

    [Fact]
    public void Open_OfAWebServer_IsAProtocolError()
    {
        using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.ReadSomethingAsync(stream);
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        });

        var error = Assert.Throws<PostgresProtocolException>(() => ReplicationConnection.Open(server.Settings));

        Assert.Equal($"{server.Settings.Address} sent a message of type 0x48 with length {0x5454502f}; allowed are 4 to 65540.", error.Message);
    }

    [Fact]
    public void Open_WhenTheServerEndsScramWithoutItsSignature_Fails()
    {
        using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.ReadSomethingAsync(stream);
            await stream.WriteAsync(new MessageBuilder('R').AddInt32(10).AddText("SCRAM-SHA-256").AddBytes([0]).Build());
            await ScriptedServer.ReadSomethingAsync(stream);
            await stream.WriteAsync((byte[])[.. ScriptedServer.AuthenticationOk, .. ScriptedServer.ReadyForQuery]);
        });

        var error = Assert.Throws<PostgresProtocolException>(() => ReplicationConnection.Open(server.Settings with { Password = "p" }));

        Assert.Equal($"{server.Settings.Address} ended SCRAM without its signature.", error.Message);
    }

    [Fact]
    public void Open_WhenTlsIsAnsweredWithAnError_TellsIt()
    {
        using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.ReadSomethingAsync(stream);
            await stream.WriteAsync(new MessageBuilder('E').AddBytes("SFATAL\0C53300\0Msorry, too many clients already\0\0"u8).Build());
            await ScriptedServer.ReadSomethingAsync(stream);
        });

        var error = Assert.Throws<PostgresServerException>(() => ReplicationConnection.Open(server.Settings with { SslMode = SslMode.Prefer }));

        Assert.Equal("FATAL 53300: sorry, too many clients already", error.Message);
    }

    [Fact]
    public void Stream_SentByteByByte_IsReadWhole()
    {
        using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.WelcomeToStreamAsync(stream);
            foreach (var value in Data(1, 2, "hello"u8).Concat(Data(3, 4, ""u8)))
                await stream.WriteAsync((byte[])[value]);
            await ScriptedServer.ReadSomethingAsync(stream);
        });
        using var connection = ReplicationConnection.Open(server.Settings);
        var replication = connection.StartLogicalReplication("s", 0, s_noOptions);

        var first = replication.Read();
        Assert.Equal((ReplicationMessageKind.Data, 1UL, 2UL, "hello"), (first.Kind, first.WalStart, first.WalEnd, Encoding.ASCII.GetString(first.Data)));
        var second = replication.Read();
        Assert.Equal((3UL, 4UL, 0), (second.WalStart, second.WalEnd, second.Data.Length));
    }

    [Fact]
    public void WaitForMore_AfterAReadThatFilledTheBuffer_IsFalse()
    {
        var frame = Data(1, 2, new byte[4000]);
        using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.WelcomeToStreamAsync(stream);
            await stream.WriteAsync(frame);
            await ScriptedServer.ReadSomethingAsync(stream);
        });
        using var connection = ReplicationConnection.Open(server.Settings, new ReplicationSessionOptions { ReceiveBufferBytes = frame.Length });
        var replication = connection.StartLogicalReplication("s", 0, s_noOptions);

        replication.Read();

        Assert.False(replication.WaitForMore(TimeSpan.Zero));
    }

    [Fact]
    public void Stream_ClosedInTheMiddleOfAMessage_SaysSo()
    {
        using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.WelcomeToStreamAsync(stream);
            await stream.WriteAsync(Data(1, 2, "hello"u8).AsMemory()[..^2]);
        });
        using var connection = ReplicationConnection.Open(server.Settings);
        var replication = connection.StartLogicalReplication("s", 0, s_noOptions);

        var error = Assert.Throws<PostgresSessionException>(() => { replication.Read(); });

        Assert.Equal($"{server.Settings.Address} closed the connection in the middle of a message.", error.Message);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'d', 0x7f, 0xff, 0xff, 0xff }, "sent a message of type 0x64 with length 2147483647; allowed are 4 to 1074790404.")]
    [InlineData(new byte[] { (byte)'d', 0xff, 0xff, 0xff, 0xff }, "sent a message of type 0x64 with length -1; allowed are 4 to 1074790404.")]
    [InlineData(new byte[] { (byte)'D', 0, 0, 0, 4 }, "sent message type 0x44 in a replication stream.")]
    public void Stream_WithABrokenFrame_IsAProtocolError(byte[] bytes, string message)
    {
        using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.WelcomeToStreamAsync(stream);
            await stream.WriteAsync(bytes);
            await ScriptedServer.ReadSomethingAsync(stream);
        });
        using var connection = ReplicationConnection.Open(server.Settings);
        var replication = connection.StartLogicalReplication("s", 0, s_noOptions);

        Assert.Equal($"{server.Settings.Address} {message}", Assert.Throws<PostgresProtocolException>(() => { replication.Read(); }).Message);
    }

    [Theory]
    [InlineData(new byte[0], "The replication stream has a message of 0 bytes and type none, which the protocol does not know.")]
    [InlineData(new byte[] { (byte)'w', 1 }, "The replication stream has a message of 2 bytes and type 0x77, which the protocol does not know.")]
    [InlineData(new byte[] { (byte)'k', 1 }, "The replication stream has a message of 2 bytes and type 0x6b, which the protocol does not know.")]
    [InlineData(new byte[] { (byte)'?', 1 }, "The replication stream has a message of 2 bytes and type 0x3f, which the protocol does not know.")]
    public void Parser_OfAnUnknownMessage_IsAProtocolError(byte[] body, string message) =>
        Assert.Equal(message, Assert.Throws<PostgresProtocolException>(() => { ReplicationMessageParser.Parse(body); }).Message);

    [Fact]
    public void Status_ToAPeerThatStoppedReading_FailsAtTheWriteTimeout()
    {
        using var server = new ScriptedServer(async stream =>
        {
            await ScriptedServer.WelcomeToStreamAsync(stream);
            await Task.Delay(Timeout.Infinite);
        });
        var options = new ReplicationSessionOptions { WriteTimeout = TimeSpan.FromMilliseconds(100) };
        using var connection = ReplicationConnection.Open(server.Settings, options);
        var replication = connection.StartLogicalReplication("s", 0, s_noOptions);

        var error = Assert.Throws<PostgresSessionException>(() =>
        {
            for (var count = 0; count < 1_000_000; count++)
                replication.SendStatus(default);
        });

        Assert.StartsWith($"Cannot send to {server.Settings.Address}: ", error.Message, StringComparison.Ordinal);
        Assert.Throws<PostgresSessionException>(() => replication.SendStatus(default));
    }

    private static byte[] Data(int start, int end, ReadOnlySpan<byte> data) =>
        new MessageBuilder('d').AddBytes("w"u8).AddInt32(0).AddInt32(start).AddInt32(0).AddInt32(end).AddInt32(0).AddInt32(0).AddBytes(data).Build();

    private static ConnectionSettings Settings(string text) =>
        ConnectionSettingsParser.Parse(text, new ConnectionEnvironment(_ => null, "/nonexistent", "nobody"));

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
