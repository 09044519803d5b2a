#pragma warning disable CA1725 // The parameter names are those of Orleans: grains override these methods.
using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain() => Activation = Activation.UnderConstruction
        ?? throw new InvalidOperationException("A grain is created by its host only; get a reference from IGrainFactory.");

    public IGrainContext GrainContext => Activation;

    public GrainReference GrainReference => Activation.GrainReference;

    public string IdentityString => Activation.GrainId.ToString();

    public string RuntimeIdentity => Activation.Silo.Address.ToString();

    internal Activation Activation { get; }

    protected internal IServiceProvider ServiceProvider => Activation.ActivationServices;

    protected IGrainFactory GrainFactory => Activation.Silo.GrainFactory;

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayCollection(timeSpan);
}
