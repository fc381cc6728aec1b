namespace TypedCache.Protocol;

/// <summary>What a server's version allows. Old servers silently ignore flags they do not know, so features depend on the version.</summary>
internal static class ServerVersion
{
    // "ms key length flags" and "HD", the meta protocol as it is now (memcached's release notes, 1.6.10).
    private static readonly Version MinimumForMeta = new(1, 6, 10);
    private static readonly Version OpaqueOnMisses = new(1, 6, 18);

    // "mg" with "C" (memcached's protocol.txt, "Meta Get"); before, it is ignored.
    private static readonly Version ComparedReads = new(1, 6, 40);

    /// <summary>Reads the reply to <c>version</c>; null if it names no version, as with some proxies.</summary>
    public static Version? Parse(string reply)
    {
        const string Beginning = "VERSION ";
        if (!reply.StartsWith(Beginning, StringComparison.Ordinal))
        {
            return null;
        }

        var text = reply.AsSpan(Beginning.Length);
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '.'))
        {
            length++;
        }

        return Version.TryParse(text[..length], out var version) ? version : null;
    }

    /// <summary>Whether the server speaks the meta protocol as it is now.</summary>
    public static bool SpeaksMeta(Version? version) => version >= MinimumForMeta;

    /// <summary>Whether opaque tokens come back on every reply, misses included.</summary>
    public static bool EchoesOpaque(Version version) => version >= OpaqueOnMisses;

    /// <summary>Whether a read can be asked to bring a value only if it has another CAS number.</summary>
    public static bool ComparesCas(Version version) => version >= ComparedReads;
}
