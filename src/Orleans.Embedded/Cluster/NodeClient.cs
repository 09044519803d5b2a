using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Embedded.Cluster;

/// <summary>Gives references that send from one node.</summary>
internal sealed class NodeClient(ClusterNode node) : IClusterClient
{
    public IServiceProvider ServiceProvider => node.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => (TGrainInterface)(object)Get(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => (TGrainInterface)(object)Get(typeof(TGrainInterface), KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)(object)node.CreateReference(typeof(TGrainInterface), grainId);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Get(grainInterfaceType, grainPrimaryKey, null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => (IGrain)Get(grainInterfaceType, KeyOf(grainPrimaryKey), null);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference)
            throw new ArgumentException("The object is a reference already.", nameof(obj));
        var id = node.Cluster.Observers.Add(node, obj);
        return (TGrainObserverInterface)(object)node.CreateReference(typeof(TGrainObserverInterface), id);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is not GrainReference reference)
            throw new ArgumentException("Only a reference given by CreateObjectReference can be deleted.", nameof(obj));
        node.Cluster.Observers.Remove(reference.GrainId);
    }

    private static string KeyOf(long key) => key.ToString("X", CultureInfo.InvariantCulture);

    private GrainReference Get(Type interfaceType, string key, string? prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return node.CreateReference(interfaceType, GrainId.Create(node.Cluster.Catalog.ClassOf(interfaceType, prefix).GrainType, key));
    }
}
