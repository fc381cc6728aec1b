namespace TypedCache.Protocol;

/// <summary>What a server's version allows. Old servers silently ignore flags they do not know, so features depend on the version.</summary>
internal static class ServerVersion
{
    // "ms key length flags" and "HD", the meta protocol as it is now (memcached's release notes, 1.6.10).
    private static readonly Version MinimumForMeta = new(1, 6, 10);
    private static readonly Version OpaqueOnMisses = new(1, 6, 18);

    /// <summary>Reads the reply to <c>version</c>; null if it names no version, as with some proxies.</summary>
    public static Version? Parse(string reply)
    {
        if (!reply.StartsWith("VERSION ", StringComparison.Ordinal))
        {
            return null;
        }

        var numbers = reply.Skip("VERSION ".Length).TakeWhile(c => char.IsAsciiDigit(c) || c == '.');
        return Version.TryParse(string.Concat(numbers), out var version) ? version : null;
    }

    /// <summary>Whether the server speaks the meta protocol as it is now.</summary>
    public static bool SpeaksMeta(Version? version) => version >= MinimumForMeta;

    /// <summary>Whether opaque tokens come back on every reply, misses included.</summary>
    public static bool EchoesOpaque(Version version) => version >= OpaqueOnMisses;
}
