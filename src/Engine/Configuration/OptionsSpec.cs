using System.ComponentModel.DataAnnotations;
using System.Reflection;
using PgCdc.Configuration;

namespace PgCdc.Engine.Configuration;

/// <summary>The options of one record: everything that binding, flags, <c>describe</c> and the documentation need to know. Immutable.</summary>
public sealed class OptionsSpec
{
    private readonly Type _type;

    private OptionsSpec(Type type, string? section)
    {
        _type = type;
        var defaults = Create();
        Parameters =
        [
            .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               let declared = property.GetCustomAttribute<ParamAttribute>()
               where declared is not null
               select new ParameterSpec(property, declared, section, defaults),
        ];
    }

    /// <summary>The options in the order of their declaration.</summary>
    public IReadOnlyList<ParameterSpec> Parameters { get; }

    public static OptionsSpec From<TOptions>(string? section = null)
        where TOptions : class, new() => new(typeof(TOptions), section);

    internal static OptionsSpec From(Type type, string? section) => new(type, section);

    /// <summary>Makes options from the values found; what is wrong is added to the problems, all of it.</summary>
    public object Bind(Func<ParameterSpec, ConfiguredValue?> find, List<string> problems)
    {
        var options = Create();
        var readable = true;
        foreach (var parameter in Parameters) readable &= parameter.Bind(options, find(parameter), problems);

        // Rules across options would judge defaults where a text could not be read.
        if (readable && options is IValidatableObject rules) problems.AddRange(Validate(rules));
        return options;
    }

    private static IEnumerable<string> Validate(IValidatableObject rules) =>
        from result in rules.Validate(new ValidationContext(rules)) select result.ErrorMessage ?? "the options contradict each other";

    private object Create() => Activator.CreateInstance(_type, nonPublic: true)!;
}
