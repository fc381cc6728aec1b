using System.Runtime.InteropServices;

namespace TypedCache.Transport;

/// <summary>A connection whose channel has something.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="CanReceive">Whether bytes have come, or the channel has ended.</param>
/// <param name="HasRoom">Whether it can send again.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReadyConnection(ServerConnection Connection, bool CanReceive, bool HasRoom);
