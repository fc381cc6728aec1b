using System.Globalization;
using System.Text;
using TypedCache.Tool.Servers;

namespace TypedCache.Tool.Values;

/// <summary>Asks a server for what it knows of an item. The item's place in the LRU stays as it is, and its lease free.</summary>
internal static class ItemStateReader
{
    /// <summary>Asks the first server in the failover order of a key that can be reached.</summary>
    /// <returns>Null: it has no such item.</returns>
    /// <exception cref="ServerException">No server can be asked.</exception>
    public static async Task<ItemState?> ReadAsync(KeyLocation location, CancellationToken cancellationToken)
    {
        ServerException? failure = null;
        foreach (var server in location.Servers)
        {
            try
            {
                return await ReadAsync(server, location.WireKey, cancellationToken);
            }
            catch (ServerException exception)
            {
                failure ??= exception;
            }
        }

        throw failure!;
    }

    /// <summary>
    /// Asks for the lease. A server gives that of a stale value to the first who asks: it is handed back at once, and the value is as stale
    /// as before.
    /// </summary>
    /// <returns>The state with the lease, and with the time to live to the second.</returns>
    /// <exception cref="ServerException">The server cannot be asked.</exception>
    public static async Task<ItemState> WithLeaseAsync(ItemState state, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        using var connection = await ServerConnection.OpenAsync(state.Server, cancellationToken);
        var name = KeyToken(key.Span);

        // From here on it is not cancelled, lest a lease stays taken. The connection's own limit bounds it.
        cancellationToken.ThrowIfCancellationRequested();
        var reply = await connection.AskAsync(Bytes($"mg {name} t s f c\r\n"), CancellationToken.None);
        if (!reply.StartsWith("HD ", StringComparison.Ordinal))
        {
            return state;
        }

        var flags = reply.Split(' ').Skip(1).Where(flag => flag.Length > 0).ToLookup(flag => flag[0], flag => flag[1..]);
        if (flags.Contains('W'))
        {
            await connection.AskAsync(Bytes($"md {name} I C{flags['c'].First()}\r\n"), CancellationToken.None);
        }

        var timeToLive = flags['t'].FirstOrDefault() is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds : state.TimeToLive;
        return state with { TimeToLive = timeToLive, Lease = LeaseOf(flags) };
    }

    private static LeaseState LeaseOf(ILookup<char, string> flags) => (flags.Contains('X'), flags.Contains('Z')) switch
    {
        (true, true) => LeaseState.StaleAndTaken,
        (true, false) => LeaseState.Stale,
        (false, true) => flags['s'].FirstOrDefault() == "0" && flags['f'].FirstOrDefault() == "0" ? LeaseState.Placeholder : LeaseState.Taken,
        _ => LeaseState.None,
    };

    private static async Task<ItemState?> ReadAsync(MemcachedServer server, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        using var connection = await ServerConnection.OpenAsync(server, cancellationToken);
        var reply = await connection.AskAsync(Bytes($"me {KeyToken(key.Span)}\r\n"), cancellationToken);
        if (reply.StartsWith("EN", StringComparison.Ordinal))
        {
            return null;
        }

        var fields = reply.Split(' ').Where(field => field.Contains('=', StringComparison.Ordinal))
            .ToLookup(field => field[..field.IndexOf('=', StringComparison.Ordinal)], field => field[(field.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return reply.StartsWith("ME ", StringComparison.Ordinal) ? Parse(server, fields) : new ItemState(server);
    }

    // What is left counts up to 0, and -1 is also said of items without limit.
    private static ItemState Parse(MemcachedServer server, ILookup<string, string> fields) => new(server)
    {
        TimeToLive = Number(fields, "exp") is { } since ? since == -1 ? -1 : -since : null,
        LastAccess = Number(fields, "la"),
        WasRead = fields["fetch"].FirstOrDefault() switch { "yes" => true, "no" => false, _ => null },
        Cas = Number(fields, "cas") is { } cas ? (ulong)cas : null,
        Size = Number(fields, "size"),
    };

    // The key comes first, and could look like any field.
    private static long? Number(ILookup<string, string> fields, string name) =>
        long.TryParse(fields[name].LastOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string KeyToken(ReadOnlySpan<byte> key) => Encoding.Latin1.GetString(key);

    private static byte[] Bytes(string command) => Encoding.Latin1.GetBytes(command);
}
