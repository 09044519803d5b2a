using System.Reflection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace PgCdc.Engine.Tests.Architecture;

/// <summary>Log event ids: unique, and each in the range of its room as EventIds lists them.</summary>
public sealed class EventIdTests
{
    private const BindingFlags Declared = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Longer namespaces come before the ones they lie in.</summary>
    private static readonly (string Namespace, int First, int Last)[] Rooms =
    [
        ("PgCdc.Engine.Pipeline", 1000, 1099),
        ("PgCdc.Engine.Delivery", 1100, 1199),
        ("PgCdc.Engine.Checkpoints", 1200, 1299),
        ("PgCdc.Engine.State", 1300, 1399),
        ("PgCdc.Engine.Files", 1300, 1399),
        ("PgCdc.Grains", 2000, 2199),
        ("PgCdc.Silo", 2200, 2399),
        ("PgCdc.Connectors.Detectors.Wal", 3000, 3099),
        ("PgCdc.Connectors.Shared.Postgres", 3100, 3199),
        ("PgCdc.Connectors.Adapters.File", 3200, 3219),
        ("PgCdc.Connectors.Adapters.Stdout", 3220, 3239),
        ("PgCdc.Client.Cli", 4000, 4099),
        ("Orleans", 5000, 5199),
    ];

    private static readonly (string Where, string Namespace, int Id)[] Messages = [.. SourceTree.Assemblies.SelectMany(InAssembly)];

    [Fact]
    public void Messages_AllAssemblies_HaveIdsOfTheirOwn()
    {
        var shared = Messages.GroupBy(message => message.Id).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(message => message.Where))}");

        Assert.Empty(shared);
    }

    [Fact]
    public void Messages_AllAssemblies_StayInTheRangeOfTheirRoom()
    {
        Assert.NotEmpty(Messages);

        Assert.Empty(Messages.Where(message => !InRange(message.Namespace, message.Id)).Select(message => $"{message.Where}: {message.Id}"));
    }

    private static bool InRange(string @namespace, int id) => Rooms.Any(room =>
        (@namespace == room.Namespace || @namespace.StartsWith(room.Namespace + ".", StringComparison.Ordinal)) && id >= room.First && id <= room.Last);

    private static IEnumerable<(string Where, string Namespace, int Id)> InAssembly(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(Declared)
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select ($"{type.FullName}.{method.Name}", type.Namespace ?? "", message.EventId);
}
