using System.Threading.Channels;
using PgCdc.Connectors.Detectors.Wal.Assembly;
using PgCdc.Connectors.Detectors.Wal.Decoding;
using PgCdc.Connectors.Detectors.Wal.Slots;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Errors;
using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal.Session;

/// <summary>
/// Reads the stream on a thread of its own and puts batches into a bounded channel; while that is full it does not read, and the server
/// waits. A batch goes out when it is full, when nothing more is waiting and no transaction is open, and after 2 ms at the latest.
/// </summary>
internal sealed class StreamPump : IDisposable
{
    /// <summary>A few batches ahead of the reader: enough to decode while it works, little to hold.</summary>
    private const int MaxBatchesAhead = 4;

    private static readonly TimeSpan s_maxAge = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(2);

    private readonly ReplicationStream _stream;
    private readonly StatusSender _status;
    private readonly ConnectionSettings _settings;
    private readonly TimeProvider _time;
    private readonly PgCdcMetrics _metrics;
    private readonly Channel<EventBatch> _batches;
    private readonly BatchAssembler _assembler;
    private readonly PgOutputDecoder _decoder;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _pendingSince;

    public StreamPump(ReplicationStream stream, StatusSender status, AssemblySettings assembly, ConnectionSettings settings, ConnectorContext context)
    {
        _stream = stream;
        _status = status;
        _settings = settings;
        _time = context.Time;
        _metrics = context.Metrics;
        _batches = Channel.CreateBounded<EventBatch>(new BoundedChannelOptions(MaxBatchesAhead)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleWriter = true,
        });
        _assembler = new BatchAssembler(assembly, Emit);
        _decoder = new PgOutputDecoder(new RelationCache(assembly.PublishSchemas), _assembler);
    }

    public ChannelReader<EventBatch> Batches => _batches.Reader;

    /// <summary>Completes when the thread has ended; never fails.</summary>
    public Task Ended => _ended.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "pgcdc wal reader" }.Start();

    /// <summary>Makes the thread end the stream in order at its next message, which the last status asks the server for.</summary>
    public void Close() => _closing.Cancel();

    /// <summary>After <see cref="Ended"/>.</summary>
    public void Dispose() => _closing.Dispose();

    private void Run()
    {
        var end = ReadUntilEnd();
        _assembler.Clear();
        _batches.Writer.Complete(end);
        _ended.SetResult();
    }

    private Exception ReadUntilEnd()
    {
        try
        {
            while (!_closing.IsCancellationRequested)
                Handle(Next());

            return EndInOrder();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return EndInOrder();
        }
        catch (ObjectDisposedException) when (_closing.IsCancellationRequested)
        {
            return Closed();
        }
        catch (Exception error) when (error is PostgresSessionException or ObjectDisposedException or DetectorException)
        {
            _metrics.WalReplicationFailed();
            return SourceErrors.Of(_status.Failure ?? error, _settings);
        }
        catch (Exception error)
        {
            // A fault of ours reaches whoever reads the batches as it is, instead of ending the process from this thread.
            return error;
        }
    }

    private ReplicationMessage Next()
    {
        if (_stream.TryRead(out var message))
            return message;

        FlushIfDue();
        return _stream.Read();
    }

    private void FlushIfDue()
    {
        if (_assembler.HasPending && !MayStillGrow())
            _assembler.Flush();
    }

    /// <summary>
    /// Whether what was collected should wait for more. In the middle of a transaction the rest is on its way, so that is worth a moment:
    /// without it, a reader quicker than the server would make a batch of every packet. In a flow of transactions bytes gather first.
    /// </summary>
    private bool MayStillGrow()
    {
        if (_pendingSince == 0)
            _pendingSince = _time.GetTimestamp();

        var left = s_maxAge - _time.GetElapsedTime(_pendingSince);
        if (left <= TimeSpan.Zero)
            return false;

        return _stream.WaitForMore(_assembler.IsInTransaction ? left : TimeSpan.Zero);
    }

    private void Handle(in ReplicationMessage message)
    {
        switch (message.Kind)
        {
            case ReplicationMessageKind.Data:
                _decoder.Apply(new Lsn(message.WalStart), message.Data);
                break;
            case ReplicationMessageKind.Keepalive:
                _assembler.KeepAlive(new Lsn(message.WalEnd));
                if (message.ReplyRequested)
                    _status.SendSoon();
                break;
            default:
                throw new PostgresSessionException($"{_settings.Address} ended the stream; it shuts down or was told to end this session.");
        }
    }

    /// <summary>Blocks this thread, which is what it is for: nothing is read from the server before there is room.</summary>
    private void Emit(EventBatch batch)
    {
        _pendingSince = 0;
        if (_batches.Writer.TryWrite(batch))
            return;

        try
        {
            _batches.Writer.WriteAsync(batch, _closing.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            batch.Release();
            throw;
        }
    }

    private OperationCanceledException EndInOrder()
    {
        try
        {
            _stream.End(s_closeTimeout);
        }
        catch (Exception error) when (error is PostgresSessionException or ObjectDisposedException)
        {
            // The server was quicker; the last confirmation, if it came too late, is sent by the next session.
        }

        return Closed();
    }

    private static OperationCanceledException Closed() => new("The session was closed.");
}
