namespace PgCdc.Silo.Metrics;

/// <summary>One combination of labels of an instrument. Thread safe.</summary>
internal abstract class MetricSeries(KeyValuePair<string, object?>[] tags, string labels)
{
    protected string Labels { get; } = labels;

    public bool Matches(ReadOnlySpan<KeyValuePair<string, object?>> other)
    {
        if (other.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            // Callers pass the same objects again and again, so that equality is mostly one of references.
            if (tags[i].Key != other[i].Key || !Equals(tags[i].Value, other[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public abstract void Write(PrometheusText text, string name);
}
