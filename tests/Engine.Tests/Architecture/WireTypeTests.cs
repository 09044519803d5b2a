using System.Reflection;
using PgCdc.Grains.Interfaces.Messages;
using Xunit;

namespace PgCdc.Engine.Tests.Architecture;

/// <summary>What Orleans' code generator wants of the types that cross a grain call.</summary>
public sealed class WireTypeTests
{
    private static readonly Type[] WireTypes = [.. typeof(PipelineStatus).Assembly.GetExportedTypes().Where(IsWireType)];

    public static TheoryData<Type> Types => [.. WireTypes];

    [Theory]
    [MemberData(nameof(Types))]
    public void WireType_Declaration_IsMadeForTheGenerator(Type type)
    {
        Assert.NotNull(type.GetCustomAttribute<GenerateSerializerAttribute>());
        Assert.NotNull(type.GetCustomAttribute<ImmutableAttribute>());
        Assert.StartsWith("pgcdc.", type.GetCustomAttribute<AliasAttribute>()?.Alias, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void WireType_Members_CarryIdsOfTheirOwn(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(IsStored).ToArray();
        var ids = properties.Select(property => property.GetCustomAttribute<IdAttribute>()?.Id).ToArray();

        Assert.DoesNotContain(null, ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void WireTypes_Aliases_AreUnique()
    {
        var aliases = WireTypes.Select(type => type.GetCustomAttribute<AliasAttribute>()?.Alias).ToArray();

        Assert.NotEmpty(aliases);
        Assert.Equal(aliases.Length, aliases.Distinct().Count());
    }

    private static bool IsWireType(Type type) =>
        !type.IsEnum
        && type.GetCustomAttribute<RegisterConverterAttribute>() is null
        && type.Namespace is "PgCdc.Grains.Interfaces.Messages" or "PgCdc.Grains.Interfaces.Serialization";

    /// <summary>Computed properties have no field behind them and do not travel.</summary>
    private static bool IsStored(PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
}
