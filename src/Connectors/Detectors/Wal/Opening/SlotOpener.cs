using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using PgCdc.Connectors.Detectors.Wal.Slots;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Engine.Configuration;
using PgCdc.Errors;

namespace PgCdc.Connectors.Detectors.Wal.Opening;

/// <summary>Finds or makes the slot, decides where reading starts, and starts the stream.</summary>
/// <param name="publication">Publication to read.</param>
/// <param name="makePublication">Makes it if need be; called after every check, and before a slot is made, since a slot knows no later publication.</param>
/// <param name="logger">Log of the detector.</param>
/// <param name="context">Surroundings of the detector.</param>
internal sealed class SlotOpener(string publication, Func<CancellationToken, Task> makePublication, ILogger logger, ConnectorContext context)
{
    /// <summary>Between looking at a slot and starting it, somebody else may come first; then it is looked at again.</summary>
    private const int MaxAttempts = 3;

    /// <summary>Opens a slot of the connection's own, which ends with it.</summary>
    public async Task<OpenedSlot> OpenTemporaryAsync(ReplicationConnection connection, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"pgcdc_{context.Random.NextInt64(1L << 32):x8}");
        await makePublication(cancellationToken).ConfigureAwait(false);
        var start = await CreateAsync(connection, name, isTemporary: true, cancellationToken).ConfigureAwait(false);
        return await StartAsync(connection, name, start, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the slot that outlives us.</summary>
    /// <exception cref="DetectorException">It cannot be read without a gap, or somebody reads it.</exception>
    public async Task<OpenedSlot> OpenPersistentAsync(
        ReplicationConnection connection, SlotTakeover takeover, SlotSituation situation, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var facts = await takeover.FreeAsync(situation.Slot, cancellationToken).ConfigureAwait(false);
            var decision = SlotRules.Decide(situation with { Facts = facts });
            try
            {
                return await OpenAsync(connection, situation.Slot, decision, takeover.IsReconnect, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresServerException error) when (IsRace(error) && attempt < MaxAttempts)
            {
                // Judged again from what the slot is now.
            }
        }
    }

    private async Task<OpenedSlot> OpenAsync(
        ReplicationConnection connection, string slot, SlotDecision decision, bool isReconnect, CancellationToken cancellationToken)
    {
        await makePublication(cancellationToken).ConfigureAwait(false);
        var start = decision.Action == SlotAction.Create
            ? await CreateAsync(connection, slot, isTemporary: false, cancellationToken).ConfigureAwait(false)
            : decision.Start;
        var opened = await StartAsync(connection, slot, start, cancellationToken).ConfigureAwait(false);
        if (decision.Action == SlotAction.Adopt && !isReconnect)
            Log.SlotAdopted(logger, context.Name, slot, start);

        return opened;
    }

    private async Task<Lsn> CreateAsync(ReplicationConnection connection, string slot, bool isTemporary, CancellationToken cancellationToken)
    {
        Log.SlotBeingMade(logger, context.Name, slot);
        var request = new SlotRequest(slot) { Temporary = isTemporary };
        var created = await Task.Run(() => connection.CreateLogicalSlot(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new Lsn(created.ConsistentPoint);
    }

    private async Task<OpenedSlot> StartAsync(ReplicationConnection connection, string slot, Lsn start, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>
        {
            ["proto_version"] = "1",
            ["publication_names"] = SqlName.Quote(publication),
        };
        using var ending = cancellationToken.UnsafeRegister(static opened => ((ReplicationConnection)opened!).Dispose(), connection);
        var stream = await Task.Run(() => connection.StartLogicalReplication(slot, start.Value, parameters), cancellationToken).ConfigureAwait(false);
        Log.Reading(logger, context.Name, slot, publication, start);
        return new OpenedSlot(stream, start);
    }

    private static bool IsRace(PostgresServerException error) => error.SqlState is PostgresErrorCodes.ObjectInUse or PostgresErrorCodes.DuplicateObject;
}
