using PgCdc.Events;

namespace PgCdc.Delivery;

/// <summary>Changes or filters events. Global transforms run once before fan-out, an adapter's own ones only for that adapter.</summary>
public interface ITransform
{
    /// <summary>The same batch, or a view of it. A filtered event is left out and counts as acked.</summary>
    /// <exception cref="Errors.TransformException">An event could not be transformed.</exception>
    EventBatch Apply(EventBatch batch);
}
