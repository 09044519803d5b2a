namespace Orleans.Configuration;

/// <summary>How calls are sent.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for an answer. Default 30 seconds.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
