namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[Alias("pgcdc.tests.echo")]
public interface IEchoGrain : IGrainWithStringKey
{
    [Alias("Echo")]
    Task<object> EchoAsync(object message);
}
