namespace Orleans.Providers;

/// <summary>Names of providers.</summary>
public static class ProviderConstants
{
#pragma warning disable CA1707 // The name of the Orleans constant.
    public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";
#pragma warning restore CA1707
}
