using Orleans.Storage;
using PgCdc.Errors;

namespace PgCdc.Grains.Interfaces.Messages;

/// <summary>An error as it crosses a call: kind and text, no exception.</summary>
/// <param name="Code">Kind of the error.</param>
/// <param name="Message">Object, what was seen, what to do.</param>
[GenerateSerializer, Immutable, Alias("pgcdc.fault")]
public sealed record Fault([property: Id(0)] ErrorCode Code, [property: Id(1)] string Message)
{
    /// <summary>The fault that stands for an exception.</summary>
    /// <param name="error">Anything thrown.</param>
    /// <param name="otherwise">Kind of an exception that is none of ours.</param>
    public static Fault Of(Exception error, ErrorCode otherwise)
    {
        ArgumentNullException.ThrowIfNull(error);
        var cause = Cause(error);
        return cause is PgCdcException known ? new Fault(known.Code, known.Message) : new Fault(otherwise, $"{cause.GetType().Name}: {cause.Message}");
    }

    /// <summary>What a storage or an activation threw; the grain host puts its own exception, with a stack trace for a message, around it.</summary>
    private static Exception Cause(Exception error)
    {
        var cause = error;
        while (cause is OrleansException { InnerException: { } inner } and not InconsistentStateException)
            cause = inner;

        return cause;
    }
}
