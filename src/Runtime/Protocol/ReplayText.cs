using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Protocol;

/// <summary>
/// Deletes and invalidations that are sent together. In the meta protocol they are quiet, and <c>MN</c> says that all have been carried
/// out; in the classic one each is answered, so that proxies can pass them on.
/// </summary>
/// <param name="target">Where the text goes.</param>
/// <param name="isMeta">Whether the server speaks the meta protocol.</param>
internal sealed class ReplayText(PayloadBuffer target, bool isMeta)
{
    // The command, and in the meta protocol an expiry.
    private const int MaxLength = CacheKeyWriter.MaxLength + 64;

    private int _count;

    /// <summary>Removes a value.</summary>
    public void Delete(ReadOnlySpan<byte> key) => Write(key, isInvalidation: false, expiry: 0);

    /// <summary>Marks a value as stale; the classic protocol has no such mark, and removes it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expiry">The value's expiry from then on, as it goes on the wire; 0: it keeps its own.</param>
    public void Invalidate(ReadOnlySpan<byte> key, long expiry) => Write(key, isInvalidation: true, expiry);

    /// <summary>Removes all values.</summary>
    public void Flush() => Write("flush_all\r\n"u8);

    /// <summary>Ends the text.</summary>
    /// <returns>How many lines the server answers; 0: whatever comes up to <c>MN</c>.</returns>
    public int End()
    {
        if (!isMeta)
        {
            return _count;
        }

        Write("mn\r\n"u8);
        return 0;
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        line.CopyTo(target.GetSpan(line.Length));
        target.Advance(line.Length);
        _count++;
    }

    private void Write(ReadOnlySpan<byte> key, bool isInvalidation, long expiry)
    {
        var writer = new RequestWriter(target.GetSpan(MaxLength));
        writer.Write(isMeta ? "md "u8 : "delete "u8);
        writer.Write(key);
        if (isMeta)
        {
            WriteFlags(ref writer, isInvalidation, expiry);
        }

        writer.EndLine();
        target.Advance(writer.Length);
        _count++;
    }

    private static void WriteFlags(ref RequestWriter writer, bool isInvalidation, long expiry)
    {
        writer.WriteFlag((byte)'q');
        if (!isInvalidation)
        {
            return;
        }

        writer.WriteFlag((byte)'I');
        if (expiry != 0)
        {
            writer.WriteFlag((byte)'T');
            writer.Write(expiry);
        }
    }
}
