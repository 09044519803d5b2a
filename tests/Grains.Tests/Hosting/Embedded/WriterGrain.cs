using PgCdc.Grains.Tests.Hosting.Fixtures;

namespace PgCdc.Grains.Tests.Hosting.Embedded;

public sealed class WriterGrain(Signals signals) : Grain, IWriterGrain
{
    public async Task WriteAsync(string journal, int times)
    {
        for (var time = 0; time < times; time++)
        {
            signals.Write(journal, $"{this.GetPrimaryKeyLong()}.{time}");
            await Task.Yield();
        }
    }
}
