namespace TypedCache.Hashing;

/// <summary>A server as the hash strategies see it: a name and a weight.</summary>
/// <param name="Host">The host as configured: it is neither resolved nor changed, because its text is hashed.</param>
/// <param name="Port">The port; 0 for a Unix domain socket.</param>
/// <param name="Weight">The share of the keys in relation to the other servers, at least 1.</param>
public readonly record struct HashServer(string Host, int Port, int Weight = 1)
{
    /// <summary>The largest sum of weights. Above it the tables of the strategies would only waste memory.</summary>
    public const int MaxTotalWeight = 65_536;

    /// <summary>Checks a list of servers.</summary>
    /// <returns>The sum of the weights.</returns>
    /// <exception cref="ArgumentException">The list is empty, a weight is less than 1, or the sum is over <see cref="MaxTotalWeight"/>.</exception>
    internal static int CheckedTotalWeight(IReadOnlyList<HashServer> servers)
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

            total += server.Weight;
        }

        return total <= MaxTotalWeight
            ? (int)total
            : throw new ArgumentException($"The weights add up to {total}; at most {MaxTotalWeight} is allowed. Divide them by a common factor.", nameof(servers));
    }
}
