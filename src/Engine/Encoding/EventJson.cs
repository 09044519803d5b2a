using PgCdc.Events;

namespace PgCdc.Engine.Encoding;

/// <summary>Event JSON, byte for byte as the reference gives it: one envelope per line, members in fixed order, record payloads with sorted keys.</summary>
public static class EventJson
{
    private static readonly Func<EventBatch, EventLines> s_encode = Encode;

    /// <summary>The lines of all stored events of a batch, made at the first call and shared; valid as long as the batch is leased.</summary>
    public static EventLines Lines(EventBatch batch) => batch.Encoding(s_encode);

    /// <summary>Makes the lines anew; the caller disposes them.</summary>
    internal static EventLines Encode(EventBatch batch)
    {
        var writer = new EventLineWriter(batch);
        try
        {
            return writer.WriteAll();
        }
        catch
        {
            writer.Discard();
            throw;
        }
        finally
        {
            writer.ReturnScratch();
        }
    }
}
