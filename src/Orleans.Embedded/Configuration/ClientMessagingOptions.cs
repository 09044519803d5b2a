namespace Orleans.Configuration;

/// <summary>How a client outside the silos sends calls.</summary>
public sealed class ClientMessagingOptions : MessagingOptions;
