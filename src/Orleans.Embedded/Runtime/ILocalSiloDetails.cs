namespace Orleans.Runtime;

/// <summary>The silo that asks.</summary>
public interface ILocalSiloDetails
{
    string Name { get; }

    string ClusterId { get; }

    SiloAddress SiloAddress { get; }
}
