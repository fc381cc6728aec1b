using System.Runtime.InteropServices;
using System.Text;

namespace TypedCache.Discovery;

/// <summary>A list of servers in which one part may name a source of servers.</summary>
/// <param name="Source">The source; null: the list has none.</param>
/// <param name="Servers">The others, as they are written; null: there are none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DiscoveryList(string? Source, string? Servers)
{
    /// <summary>Splits a list.</summary>
    /// <exception cref="ArgumentException">It names two sources, or one that is malformed.</exception>
    public static DiscoveryList Split(string list)
    {
        string? source = null;
        StringBuilder? servers = null;
        foreach (var part in list.Split(','))
        {
            if (!ServerDiscovery.IsSource(part.Trim()))
            {
                servers = servers is null ? new StringBuilder(part) : servers.Append(',').Append(part);
            }
            else if (source is null)
            {
                source = part.Trim();
                ServerDiscovery.Parse(source);
            }
            else
            {
                throw new ArgumentException("The connection string is malformed: it names two sources of servers. A pool follows one.");
            }
        }

        return new DiscoveryList(source, servers?.ToString());
    }
}
