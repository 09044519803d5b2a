using System.Text.Json;
using PgCdc.Configuration;
using PgCdc.Events;
using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Grains.Tests.Hosting.Fixtures;
using PgCdc.Sources;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting;

/// <summary>What our grains say to each other arrives on another silo as it was.</summary>
public sealed class WireMessageTests(ConformanceCluster cluster) : IClassFixture<ConformanceCluster>
{
    private static readonly ConnectorDefinition s_file = new("archive", "file", new Dictionary<string, string> { ["path"] = "/tmp/a" });

    private static readonly PipelineDefinition s_definition = new()
    {
        Name = "orders",
        Detector = new ConnectorDefinition("wal", "wal", new Dictionary<string, string>()),
        Adapters = [s_file, new ConnectorDefinition("stdout", "stdout", new Dictionary<string, string>())],
        Routes = new Dictionary<string, IReadOnlyList<string>> { ["archive"] = ["pgcdc:orders", "pgcdc:items"] },
    };

    private static readonly object[] s_messages =
    [
        s_definition,
        new AdapterOpening { Definition = s_file, Epoch = 5, FirstSequence = 40, SyncBeforeAck = true },
        new AckReport { Adapter = "archive", Epoch = 5, Incarnation = 3, AckedBelow = 41, Health = AdapterHealth.Retrying, Problem = "disk full" },
        new DeliveryReply(DeliveryAnswer.Halted, 3, 41, new Fault(ErrorCode.DeliveryFailed, "no such folder")),
        new CheckpointReport(5, "wal", new DetectorCheckpoint(
            new Position("0/1538EA0"), 22_253_216, new SourceIdentity { System = "7", Timeline = 1, Database = "shop", Slot = "pgcdc" })),
        new PipelineStatus
        {
            Name = "orders",
            Condition = PipelineCondition.Running,
            StartedAt = DateTimeOffset.UnixEpoch,
            Adapters = new[] { new AdapterStatus { Name = "archive", Unacked = 2 }, new AdapterStatus { Name = "stdout", Problem = "broken pipe" } },
        },
    ];

    public static TheoryData<string> Names => [.. s_messages.Select(static message => message.GetType().Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Message_AcrossTheBorderOfASilo_ArrivesAsItWas(string name)
    {
        var message = s_messages.Single(message => message.GetType().Name == name);
        var back = await cluster.Client.GetGrain<IEchoGrain>(cluster.NewKey()).EchoAsync(message);

        Assert.NotSame(message, back);
        Assert.IsType(message.GetType(), back);
        Assert.Equal(JsonSerializer.Serialize(message), JsonSerializer.Serialize(back));
    }
}
