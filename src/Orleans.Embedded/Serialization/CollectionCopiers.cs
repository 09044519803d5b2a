using System.Collections.Immutable;

namespace Orleans.Embedded.Serialization;

/// <summary>Copies the collections of the base library.</summary>
internal static class CollectionCopiers
{
    public static Type? KindOf(Type definition) =>
        definition == typeof(List<>) ? typeof(ListCopier<>)
        : definition == typeof(Dictionary<,>) ? typeof(DictionaryCopier<,>)
        : definition == typeof(HashSet<>) ? typeof(SetCopier<>)
        : definition == typeof(Queue<>) ? typeof(QueueCopier<>)
        : definition == typeof(KeyValuePair<,>) ? typeof(PairCopier<,>)
        : definition == typeof(ReadOnlyMemory<>) ? typeof(ReadOnlyMemoryCopier<>)
        : definition == typeof(Memory<>) ? typeof(MemoryCopier<>)
        : definition == typeof(ImmutableArray<>) ? typeof(ImmutableArrayCopier<>)
        : definition == typeof(ImmutableList<>) ? typeof(ImmutableListCopier<>)
        : definition == typeof(ImmutableDictionary<,>) ? typeof(ImmutableDictionaryCopier<,>)
        : null;

    private sealed class ListCopier<T> : CollectionCopier<List<T>>
    {
        protected override List<T> Copy(List<T> value, CopyPass pass)
        {
            var copy = new List<T>(value.Count);
            pass.Remember(value, copy);
            copy.AddRange(value.Select(item => (T)pass.Copy(item)!));
            return copy;
        }
    }

    private sealed class DictionaryCopier<TKey, TValue> : CollectionCopier<Dictionary<TKey, TValue>>
        where TKey : notnull
    {
        protected override Dictionary<TKey, TValue> Copy(Dictionary<TKey, TValue> value, CopyPass pass)
        {
            var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
            pass.Remember(value, copy);
            foreach (var (key, item) in value)
                copy.Add((TKey)pass.Copy(key)!, (TValue)pass.Copy(item)!);
            return copy;
        }
    }

    private sealed class SetCopier<T> : CollectionCopier<HashSet<T>>
    {
        protected override HashSet<T> Copy(HashSet<T> value, CopyPass pass) =>
            new(value.Select(item => (T)pass.Copy(item)!), value.Comparer);
    }

    private sealed class QueueCopier<T> : CollectionCopier<Queue<T>>
    {
        protected override Queue<T> Copy(Queue<T> value, CopyPass pass) => new(value.Select(item => (T)pass.Copy(item)!));
    }

    private sealed class PairCopier<TKey, TValue> : CollectionCopier<KeyValuePair<TKey, TValue>>
    {
        protected override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, CopyPass pass) =>
            KeyValuePair.Create((TKey)pass.Copy(value.Key)!, (TValue)pass.Copy(value.Value)!);
    }

    private sealed class ReadOnlyMemoryCopier<T> : CollectionCopier<ReadOnlyMemory<T>>
    {
        protected override ReadOnlyMemory<T> Copy(ReadOnlyMemory<T> value, CopyPass pass) => (T[])pass.Copy(value.ToArray())!;
    }

    private sealed class MemoryCopier<T> : CollectionCopier<Memory<T>>
    {
        protected override Memory<T> Copy(Memory<T> value, CopyPass pass) => (T[])pass.Copy(value.ToArray())!;
    }

    private sealed class ImmutableArrayCopier<T> : CollectionCopier<ImmutableArray<T>>
    {
        protected override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyPass pass) =>
            value.IsDefault ? value : [.. value.Select(item => (T)pass.Copy(item)!)];
    }

    private sealed class ImmutableListCopier<T> : CollectionCopier<ImmutableList<T>>
    {
        protected override ImmutableList<T> Copy(ImmutableList<T> value, CopyPass pass) => [.. value.Select(item => (T)pass.Copy(item)!)];
    }

    private sealed class ImmutableDictionaryCopier<TKey, TValue> : CollectionCopier<ImmutableDictionary<TKey, TValue>>
        where TKey : notnull
    {
        protected override ImmutableDictionary<TKey, TValue> Copy(ImmutableDictionary<TKey, TValue> value, CopyPass pass) =>
            value.ToImmutableDictionary(pair => (TKey)pass.Copy(pair.Key)!, pair => (TValue)pass.Copy(pair.Value)!, value.KeyComparer);
    }
}
