using PgCdc.Configuration;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>The pipeline of the playground: what a user would get by <c>listen --publication … --persistent-slot -a stdout</c>, and the observer.</summary>
internal static class PlaygroundPipeline
{
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(30);

    public static ListenConfiguration Configure(string url, PlaygroundOptions options, string stateDirectory) => new()
    {
        Pipeline = new PipelineDefinition
        {
            Name = "playground",
            Detector = new ConnectorDefinition("wal", "wal", new Dictionary<string, string>
            {
                ["database_url"] = url,
                ["detector.publication"] = ShopSchema.Publication,
                ["detector.persistent_slot"] = "true",
                ["detector.slot_name"] = ShopSchema.Slot,
            }),
            Adapters = [.. Adapters(options)],
            BusMode = BusMode.Reliable,
            ShutdownTimeout = s_drain,
        },
        IsDurable = true,
        StateDirectory = stateDirectory,
        LogLevel = LogThreshold.Warn,
    };

    private static IEnumerable<ConnectorDefinition> Adapters(PlaygroundOptions options)
    {
        var none = new Dictionary<string, string>();
        if (!options.Quiet)
            yield return new ConnectorDefinition("stdout", "stdout", none);
        yield return new ConnectorDefinition(ObserverConnector.Type, ObserverConnector.Type, none);
    }
}
