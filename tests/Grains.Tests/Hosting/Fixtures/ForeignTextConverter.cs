namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[RegisterConverter]
public sealed class ForeignTextConverter : IConverter<ForeignText, ForeignTextSurrogate>
{
    public ForeignText ConvertFromSurrogate(in ForeignTextSurrogate surrogate) => new(surrogate.Text);

    public ForeignTextSurrogate ConvertToSurrogate(in ForeignText value) => new() { Text = value.Text };
}
