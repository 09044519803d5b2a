namespace PgCdc.Grains.Tests.Hosting.Fixtures;

public sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<object> EchoAsync(object message) => Task.FromResult(message);
}
