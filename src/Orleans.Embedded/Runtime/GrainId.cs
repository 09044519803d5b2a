namespace Orleans.Runtime;

/// <summary>Identity of a grain: its type and its key, written <c>type/key</c>.</summary>
public readonly record struct GrainId(GrainType Type, IdSpan Key)
{
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

    public static GrainId Create(GrainType type, string key) => new(type, IdSpan.Create(key));

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    public static GrainId Parse(string value) =>
        TryParse(value, out var id) ? id : throw new FormatException($"'{value}' is not a grain id of the form type/key.");

    public static bool TryParse(string? value, out GrainId grainId)
    {
        var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        grainId = slash < 0 ? default : Create(value![..slash], value[(slash + 1)..]);
        return slash >= 0;
    }

    public override string ToString() => $"{Type}/{Key}";
}
