namespace Orleans.Configuration;

/// <summary>How a silo sends calls.</summary>
public sealed class SiloMessagingOptions : MessagingOptions;
