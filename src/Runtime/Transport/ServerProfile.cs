using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>What the handshake found out about a server.</summary>
/// <param name="Protocol">How it is spoken to.</param>
/// <param name="Version">Its version; null if it named none.</param>
internal sealed record ServerProfile(WireProtocol Protocol, Version? Version);
