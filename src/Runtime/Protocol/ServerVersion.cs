namespace TypedCache.Protocol;

/// <summary>What a server's version allows. Old servers ignore flags they do not know without a word, so features go by version.</summary>
internal static class ServerVersion
{
    // "ms key length flags" and "HD", the meta protocol as it is now (memcached's release notes, 1.6.10).
    private static readonly Version MinimumForMeta = new(1, 6, 10);
    private static readonly Version OpaqueOnMisses = new(1, 6, 18);

    /// <summary>Reads the reply to <c>version</c>.</summary>
    /// <exception cref="MemcachedConnectionException">The server is too old for the meta protocol.</exception>
    public static Version Parse(string server, string reply)
    {
        var text = reply["VERSION ".Length..];
        var numbers = new string([.. text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]);
        if (!Version.TryParse(numbers, out var version) || version < MinimumForMeta)
        {
            throw new MemcachedConnectionException(
                $"{server} runs memcached {text}; the meta protocol needs {MinimumForMeta} or newer. Update the server.")
            {
                Server = server,
            };
        }

        return version;
    }

    /// <summary>Whether opaque tokens come back on every reply, misses included.</summary>
    public static bool EchoesOpaque(Version version) => version >= OpaqueOnMisses;
}
