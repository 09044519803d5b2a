using System.IO.Pipes;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using PgCdc.Engine.Files;

namespace PgCdc.Connectors.Tests.Adapters.Stdout;

/// <summary>A real pipe in the place of standard output.</summary>
internal sealed class OutputPipe : IDisposable
{
    private readonly AnonymousPipeServerStream _write = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _read;

    public OutputPipe()
    {
        _read = new AnonymousPipeClientStream(PipeDirection.In, _write.ClientSafePipeHandle);
        Output = new OutputDescriptor(new SafeFileHandle(_write.SafePipeHandle.DangerousGetHandle(), ownsHandle: false), "stdout");
    }

    public OutputDescriptor Output { get; }

    public void CloseReader() => _read.Dispose();

    public void CloseWriter() => _write.Dispose();

    public int Read(Span<byte> buffer) => _read.Read(buffer);

    /// <summary>Ids of the events in the pipe, up to the closed end.</summary>
    public async Task<IReadOnlyList<string>> ReadIdsAsync()
    {
        using var reader = new StreamReader(_read);
        var text = await reader.ReadToEndAsync();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
    }

    public void Dispose()
    {
        _write.Dispose();
        _read.Dispose();
    }
}
