using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>A server as telemetry calls it. One that is in several pools is one.</summary>
/// <param name="Address">Its host, or the path of its socket.</param>
/// <param name="Port">Its port; 0 where it has none.</param>
internal readonly record struct ServerKey(string Address, int Port)
{
    private const string UnixScheme = "unix://";

    /// <summary>Reads it from the attributes of a measurement.</summary>
    public static ServerKey Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var address = Tags.Text(tags, Attributes.ServerAddress);
        return new ServerKey(address, Tags.Find(tags, Attributes.ServerPort) as int? ?? UsualPort(address));
    }

    /// <summary>That of a server of a pool.</summary>
    public static ServerKey Of(MemcachedServer server) => server.Host.StartsWith(UnixScheme, StringComparison.Ordinal)
        ? new ServerKey(server.Host[UnixScheme.Length..], 0)
        : new ServerKey(server.Host.Trim('[', ']'), server.Port);

    // Telemetry leaves it out. Sockets have none.
    private static int UsualPort(string address) => address.StartsWith('/') ? 0 : MemcachedServerOptions.DefaultPort;
}
