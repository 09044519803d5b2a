using System.ComponentModel.DataAnnotations;
using System.Reflection;
using PgCdc.Configuration;

namespace PgCdc.Engine.Configuration;

/// <summary>One option: its names, kind, default and rules, as its property declares them.</summary>
public sealed class ParameterSpec
{
    private readonly PropertyInfo _property;
    private readonly ParameterType _type;
    private readonly IReadOnlyList<ParameterRule> _rules;
    private readonly object? _default;

    internal ParameterSpec(PropertyInfo property, ParamAttribute declared, string? section, object defaults)
    {
        _property = property;
        _type = ParameterType.Of(property.PropertyType);
        _default = property.GetValue(defaults);
        Key = declared.Key ?? ParameterNames.Key(section, property.Name);
        Flag = declared.Flag switch { null => ParameterNames.Flag(Key), "" => null, var flag => flag };
        Alias = declared.Alias;
        Description = declared.Description;
        var rules = property.GetCustomAttributes<ValidationAttribute>().ToArray();
        Required = declared.Required || rules.Any(rule => rule is RequiredAttribute or MinLengthAttribute { Length: 1 });
        _rules = [.. rules.SelectMany(ParameterRule.From)];
    }

    /// <summary>Full key path, such as <c>kafka.backoff_base</c>.</summary>
    public string Key { get; }

    /// <summary>Command line flag with its dashes; null when the option is set in files and environment only.</summary>
    public string? Flag { get; }

    /// <summary>Short flag, such as <c>-a</c>.</summary>
    public string? Alias { get; }

    public string Description { get; }

    public bool Required { get; }

    /// <summary>Kind of the value: <c>string</c>, <c>bool</c>, <c>int</c>, <c>float</c>, <c>duration</c>, <c>list</c> or <c>secret</c>.</summary>
    public string Type => _type.Name;

    /// <summary>Whether the flag may be given several times.</summary>
    public bool IsList => _type.Name == "list";

    /// <summary>Whether the flag alone means <c>true</c>.</summary>
    public bool IsSwitch => _type.Name == "bool";

    /// <summary>The default as text; empty when there is none.</summary>
    public string Default => ParameterType.Write(_default);

    /// <summary>Values that can be chosen from; empty when any value may be given.</summary>
    public IReadOnlyList<string> Choices =>
        _type.Choices.Count > 0 ? _type.Choices : Validations.FirstOrDefault(rule => rule.StartsWith("oneof:", StringComparison.Ordinal))?[6..].Split(',') ?? [];

    /// <summary>Rules as text: <c>required</c>, <c>min:N</c>, <c>max:N</c>, <c>oneof:a,b</c>, <c>url</c>, <c>duration</c>.</summary>
    public IReadOnlyList<string> Validations =>
    [
        .. Required ? ["required"] : Array.Empty<string>(),
        .. _type.Name == "duration" ? ["duration"] : Array.Empty<string>(),
        .. _type.Choices.Count > 0 ? [ParameterRule.OneOf(_type.Choices).Text] : Array.Empty<string>(),
        .. _rules.Select(rule => rule.Text),
    ];

    /// <summary>Writes the value into the options; adds what is wrong with it to the problems.</summary>
    /// <returns>False when the text could not be read, so that the options still hold the default.</returns>
    internal bool Bind(object options, ConfiguredValue? given, List<string> problems)
    {
        var value = _default;
        if (given is not null)
        {
            if (!_type.TryRead(given.Text, out value, out var problem))
            {
                problems.Add(Problem(given, problem));
                return false;
            }

            _property.SetValue(options, value);
        }

        Check(value, given, problems);
        return true;
    }

    private void Check(object? value, ConfiguredValue? given, List<string> problems)
    {
        if (value is null or "" or Secret { IsEmpty: true } or IReadOnlyList<string> { Count: 0 })
        {
            if (Required) problems.Add($"{Key} is required");
            return;
        }

        foreach (var rule in _rules)
        {
            if (rule.Check(value) is { } problem) problems.Add(Problem(given ?? new ConfiguredValue(Default), problem));
        }
    }

    private string Problem(ConfiguredValue given, string problem)
    {
        var shown = _type.Name == "secret" ? "the value" : $"'{given.Text}'";
        return given.Origin is null ? $"{Key}: {shown} {problem}" : $"{Key}: {shown} {problem} ({given.Origin})";
    }
}
