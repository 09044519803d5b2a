namespace Orleans.Embedded.Activations;

/// <summary>How the silo of a new activation is chosen.</summary>
internal enum PlacementKind
{
    LeastLoaded,
    PreferLocal,
    Random,
}
