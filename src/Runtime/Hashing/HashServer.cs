using System.Net;

namespace TypedCache.Hashing;

/// <summary>A server as the hash strategies see it: a name and a weight.</summary>
/// <param name="Host">The host as configured: it is neither resolved nor changed, because its text is hashed.</param>
/// <param name="Port">The port; 0 for a Unix domain socket.</param>
/// <param name="Weight">The share of the keys in relation to the other servers, at least 1.</param>
public readonly record struct HashServer(string Host, int Port, int Weight = 1)
{
    /// <summary>The largest sum of weights. Above it the tables of the strategies would only waste memory.</summary>
    public const int MaxTotalWeight = 65_536;

    internal const string UnixScheme = "unix://";

    /// <summary>
    /// The address that the host has (<see cref="MemcachedServerOptions.Address"/>), for the strategies of clients that hash it in the place of
    /// the name. Those of other clients leave it alone. Default: null, which is enough where <see cref="Host"/> is an address.
    /// </summary>
    public IPAddress? Address { get; init; }

    /// <summary>
    /// What is hashed in the place of host and port (<see cref="MemcachedServerOptions.HashName"/>). Only twemproxy's strategies take it.
    /// Default: null, none.
    /// </summary>
    public string? HashName { get; init; }

    /// <summary>The path of a Unix domain socket; null: it is none.</summary>
    internal string? SocketPath => Host.StartsWith(UnixScheme, StringComparison.Ordinal) ? Host[UnixScheme.Length..] : null;

    /// <summary>Checks a list of servers.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="takesNames">Whether <see cref="HashName"/> is hashed.</param>
    /// <returns>The sum of the weights.</returns>
    /// <exception cref="ArgumentException">
    /// The list is empty, a weight is less than 1, the sum is over <see cref="MaxTotalWeight"/>, or a server has a name that would have no effect.
    /// </exception>
    internal static int CheckedTotalWeight(IReadOnlyList<HashServer> servers, bool takesNames = false)
    {
        ArgumentNullException.ThrowIfNull(servers);
        if (servers.Count == 0)
        {
            throw new ArgumentException("There is no server to choose from. Add at least one.", nameof(servers));
        }

        var total = 0L;
        foreach (var server in servers)
        {
            if (server.Weight < 1)
            {
                throw new ArgumentException($"The server {server.Host}:{server.Port} has weight {server.Weight}; it has to be at least 1.", nameof(servers));
            }

            if (server.HashName is not null && !takesNames)
            {
                throw new ArgumentException(
                    $"The server {server.Host}:{server.Port} has the hash name '{server.HashName}', which only twemproxy's strategies take (MemcachedPoolOptions.ForTwemproxy). Leave it out: keys would be spread by host and port.", nameof(servers));
            }

            total += server.Weight;
        }

        return total <= MaxTotalWeight
            ? (int)total
            : throw new ArgumentException($"The weights add up to {total}; at most {MaxTotalWeight} is allowed. Divide them by a common factor.", nameof(servers));
    }
}
