using System.Net.Sockets;
using System.Text;

namespace PgCdc.Silo.Http;

/// <summary>One request and its answer on the control socket.</summary>
internal static class ControlExchange
{
    private const int LongestHead = 8 * 1024;

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Socket connection, ManagementEndpoints endpoints, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(ReadTimeout);
        var head = await ReadHeadAsync(connection, deadline.Token);
        deadline.CancelAfter(WriteTimeout);
        await SendAsync(connection, await AnswerAsync(head, endpoints, deadline.Token), deadline.Token);
    }

    /// <summary>Everything up to the empty line; null when it is too long or broken off.</summary>
    private static async Task<string?> ReadHeadAsync(Socket connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestHead];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await connection.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return Encoding.Latin1.GetString(buffer, 0, end);
            }
        }

        return null;
    }

    private static async Task<HttpAnswer> AnswerAsync(string? head, ManagementEndpoints endpoints, CancellationToken cancellationToken)
    {
        if (head?.Split('\r', 2)[0].Split(' ') is not [var method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"])
        {
            return HttpAnswer.Refuse(400, "not an HTTP/1.1 request with a head of at most 8 KiB");
        }

        try
        {
            return await endpoints.AnswerAsync(method, Uri.UnescapeDataString(target.Split('?', 2)[0]), withApi: true, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return HttpAnswer.Refuse(500, error.Message);
        }
    }

    private static async Task SendAsync(Socket connection, HttpAnswer answer, CancellationToken cancellationToken)
    {
        var head = $"HTTP/1.1 {answer.Status} {Reason(answer.Status)}\r\nContent-Type: {answer.ContentType}\r\n"
            + $"Content-Length: {answer.Body.Length}\r\nConnection: close\r\n\r\n";
        await using var stream = new NetworkStream(connection);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellationToken);
        await stream.WriteAsync(answer.Body, cancellationToken);
        connection.Shutdown(SocketShutdown.Send);
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    };
}
