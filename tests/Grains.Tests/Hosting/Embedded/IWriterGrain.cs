namespace PgCdc.Grains.Tests.Hosting.Embedded;

public interface IWriterGrain : IGrainWithIntegerKey
{
    Task WriteAsync(string journal, int times);
}
