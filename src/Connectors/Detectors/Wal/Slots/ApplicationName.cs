using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>
/// What a reader of a slot calls itself on the server: <c>pgcdc:&lt;epoch&gt;:&lt;hash of pipeline&gt;</c>. A newer run recognises by it the
/// reader that it may end. Always shorter than the 63 bytes that the server keeps.
/// </summary>
internal sealed record ApplicationName(long Epoch, string PipelineHash)
{
    private const string Product = "pgcdc";
    private const int HashLength = 16;

    public static ApplicationName Of(string pipeline, long epoch)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(pipeline));
        return new ApplicationName(epoch, Convert.ToHexStringLower(hash)[..HashLength]);
    }

    /// <summary>The parts of a name of ours, or null when it is anybody else's.</summary>
    public static ApplicationName? Parse(string? text) =>
        text?.Split(':') is [Product, var epoch, { Length: HashLength } hash]
        && long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ApplicationName(number, hash)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Product}:{Epoch}:{PipelineHash}");
}
