using System.Globalization;
using System.Text.Json.Serialization;
using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Client.Cli.Slots;

/// <summary>A slot as the commands show it.</summary>
internal sealed record SlotView(string Slot, string Plugin, string Type, bool Active, string? RestartLsn, string? ConfirmedFlushLsn, string? WalRetained)
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB"];

    [JsonIgnore]
    public string[] Cells => [Slot, Plugin.Length == 0 ? "-" : Plugin, Type, Active ? "true" : "false", RestartLsn ?? "-", ConfirmedFlushLsn ?? "-"];

    public static SlotView Of(SlotStatus slot) => new(slot.Name, slot.Plugin, slot.Type, slot.IsActive, slot.RestartLsn, slot.ConfirmedFlushLsn, WalRetained: null);

    public static SlotView WithRetained(SlotStatus slot) => Of(slot) with { WalRetained = slot.RetainedBytes is { } bytes ? Size(bytes) : null };

    internal static string Size(long bytes)
    {
        double size = bytes;
        var unit = 0;
        for (; size >= 1024 && unit < Units.Length - 1; unit++) size /= 1024;
        return unit == 0 ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{size:0.0} {Units[unit]}");
    }
}
