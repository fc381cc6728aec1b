using System.Net;

namespace TypedCache.Embedded;

/// <summary>A node that an <see cref="EmbeddedServer"/> names when it is asked for those of its cluster.</summary>
/// <param name="Host">Its host name, or its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Address">Its address; null: none is told, as ElastiCache does while it has none.</param>
public sealed record EmbeddedNode(string Host, int Port, IPAddress? Address = null);
