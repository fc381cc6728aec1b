using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TypedCache.Tool.Watching;

/// <summary>A line of a server's watch stream (memcached's logger.c). It lives as long as the line.</summary>
internal readonly ref struct WatchedEvent
{
    private readonly ReadOnlySpan<byte> _line;

    private WatchedEvent(ReadOnlySpan<byte> line, WatchedKind kind)
    {
        _line = line;
        Kind = kind;
    }

    /// <summary>What happened.</summary>
    public WatchedKind Kind { get; }

    /// <summary>The key, percent-encoded.</summary>
    public ReadOnlySpan<byte> Key => Field(_line, " key="u8);

    /// <summary>Whether a read found its key.</summary>
    public bool IsHit => Kind == WatchedKind.Get && Field(_line, " status="u8).SequenceEqual("found"u8);

    /// <summary>What came of it: <c>found</c>, <c>not_found</c>, <c>stored</c>; empty where the server says nothing.</summary>
    public string Status => Encoding.Latin1.GetString(Field(_line, " status="u8));

    /// <summary>The command of a write: <c>set</c>, <c>cas</c>; empty where the server does not say.</summary>
    public string Command => Encoding.Latin1.GetString(Field(_line, " cmd="u8));

    /// <summary>How many bytes the value has; null: the server does not say.</summary>
    public long? Size => Utf8Parser.TryParse(Field(_line, " size="u8), out long size, out _) ? size : null;

    /// <summary>When it happened, by the server's clock.</summary>
    public DateTimeOffset Time =>
        double.TryParse(Field(_line, "ts="u8), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e11
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : DateTimeOffset.UnixEpoch;

    /// <summary>Reads a line.</summary>
    /// <returns>False: it is about nothing that has a key.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out WatchedEvent found)
    {
        found = default;
        if (!line.StartsWith("ts="u8) || line.IndexOf(" key="u8) < 0)
        {
            return false;
        }

        var type = Field(line, " type="u8);
        var kind = type.SequenceEqual("item_get"u8) ? WatchedKind.Get
            : type.SequenceEqual("item_store"u8) ? WatchedKind.Store
            : type.SequenceEqual("eviction"u8) ? WatchedKind.Eviction
            : WatchedKind.Other;
        found = new WatchedEvent(line, kind);
        return true;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        var start = line.IndexOf(name);
        if (start < 0)
        {
            return default;
        }

        var value = line[(start + name.Length)..];
        var end = value.IndexOf((byte)' ');
        return end < 0 ? value : value[..end];
    }
}

/// <summary>What a server tells its watchers.</summary>
internal enum WatchedKind
{
    /// <summary>A key was read.</summary>
    Get,

    /// <summary>An item was written, or was to be.</summary>
    Store,

    /// <summary>An item had to make room.</summary>
    Eviction,

    /// <summary>Something else.</summary>
    Other,
}
