namespace TypedCache.Transport;

/// <summary>How a server is kept connected.</summary>
/// <param name="ConnectTimeout">How long opening a connection and the first answer may take.</param>
/// <param name="RetryInterval">The longest time between two probes of a failed server; infinite: it is never probed.</param>
/// <param name="Limits">What a connection allows.</param>
/// <param name="Protocol">Which protocol is spoken.</param>
/// <param name="Credentials">The user, where servers ask for one.</param>
/// <param name="Time">The clock.</param>
internal sealed record LinkSettings(
    TimeSpan ConnectTimeout,
    TimeSpan RetryInterval,
    ConnectionLimits Limits,
    MemcachedProtocol Protocol,
    MemcachedCredentials? Credentials,
    TimeProvider Time);
