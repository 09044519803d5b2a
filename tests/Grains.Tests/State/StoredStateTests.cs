using System.Text;
using PgCdc.Configuration;
using PgCdc.Events;
using PgCdc.Grains.Adapters;
using PgCdc.Grains.Pipelines;
using PgCdc.Silo.State;
using PgCdc.Sources;
using Xunit;

namespace PgCdc.Grains.Tests.State;

/// <summary>Bytes that released versions have stored. They are never changed: a new format gets new facts beside these.</summary>
public sealed class StoredStateTests
{
    private const string Definition =
        """{"Name":"shop","Detector":{"Name":"wal","Type":"wal","Values":{"detector.database_url":"postgres://u@h/d"}},"Adapters":[{"Name":"file","Type":"file","Values":{"file.path":"/tmp/out"}}],"BusMode":"Fast","BufferSize":2048,"ShutdownTimeout":"00:00:07","BackoffBase":"00:00:01","BackoffCap":"00:01:00","Routes":{"file":["pgcdc:orders"]}}""";

    private const string Pipeline =
        """{"Version":1,"Definition":""" + Definition +
        ""","Desired":"Paused","Epoch":1770000000001,"Checkpoint":{"wal":{"Position":{"Value":"0/16B3748"},"LogBytes":23803720,"Identity":{"System":"7","Timeline":2,"Database":"5","Slot":"pgcdc_shop"}}}}""";

    private const string Directory = """{"Version":1,"Pipelines":{"shop":{"Definition":""" + Definition + ""","IsWanted":true}}}""";

    private const string Adapter = """{"Version":1,"Epoch":1770000000001,"Incarnation":12,"AckedThrough":{"Lineage":"7300000000000000001/1","Key":{"CommitLsn":18446744073709551615,"Ordinal":2147483647}}}""";

    [Fact]
    public void Pipeline_Version1_IsRead()
    {
        var state = Read<PipelineGrainState>(Pipeline);

        Assert.Equal((1, DesiredStatus.Paused, 1_770_000_000_001), (state.Version, state.Desired, state.Epoch));
        var identity = new SourceIdentity { System = "7", Timeline = 2, Database = "5", Slot = "pgcdc_shop" };
        Assert.Equal(new DetectorCheckpoint(new Position("0/16B3748"), 23_803_720, identity), state.Checkpoint["wal"]);
        AssertDefinition(state.Definition!);
        Assert.Equal(Pipeline, Encoding.UTF8.GetString(StateJson.Serialize(state)));
    }

    [Fact]
    public void Directory_Version1_IsRead()
    {
        var state = Read<PipelineDirectoryState>(Directory);

        Assert.True(state.Pipelines["shop"].IsWanted);
        AssertDefinition(state.Pipelines["shop"].Definition);
        Assert.Equal(Directory, Encoding.UTF8.GetString(StateJson.Serialize(state)));
    }

    [Fact]
    public void Adapter_Version1_IsRead()
    {
        var state = Read<AdapterGrainState>(Adapter);

        Assert.Equal(new AdapterGrainState { Epoch = 1_770_000_000_001, Incarnation = 12, AckedThrough = new SourcePlace("7300000000000000001/1", new SortKey(ulong.MaxValue, int.MaxValue)) }, state);
        Assert.Equal(Adapter, Encoding.UTF8.GetString(StateJson.Serialize(state)));
    }

    private static void AssertDefinition(PipelineDefinition definition)
    {
        Assert.Equal(("shop", BusMode.Fast, 2048), (definition.Name, definition.BusMode, definition.BufferSize));
        Assert.Equal(TimeSpan.FromSeconds(7), definition.ShutdownTimeout);
        Assert.Equal("postgres://u@h/d", definition.Detector.Values["detector.database_url"]);
        Assert.Equal("/tmp/out", Assert.Single(definition.Adapters).Values["file.path"]);
        Assert.Equal(["pgcdc:orders"], definition.Routes["file"]);
    }

    private static T Read<T>(string json) => StateJson.Deserialize<T>(Encoding.UTF8.GetBytes(json))!;
}
