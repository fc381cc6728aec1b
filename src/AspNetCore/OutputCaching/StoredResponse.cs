using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TypedCache.AspNetCore;

/// <summary>
/// The bytes of a stored response: its whole key, its tags with their versions, and the value. The key on the wire may end in a hash, so
/// the whole one is compared before a response goes to anybody. Texts are UTF-16, which holds any text as it is.
/// </summary>
internal static class StoredResponse
{
    /// <summary>The client flags of a response: a mark that no dialect of a value uses.</summary>
    public const uint Flags = 0x88;

    /// <summary>How many bytes a response takes.</summary>
    public static long LengthOf(string key, TagVersion[] tags, long value)
    {
        var length = TextLength(key) + sizeof(int) + value;
        foreach (var tag in tags)
        {
            length += TextLength(tag.Tag) + sizeof(ulong);
        }

        return length;
    }

    /// <summary>Writes a response.</summary>
    public static void Write(IBufferWriter<byte> output, (string Key, TagVersion[] Tags, ReadOnlySequence<byte> Value) response)
    {
        // Room for all of it, so that it grows once.
        output.GetSpan((int)LengthOf(response.Key, response.Tags, response.Value.Length));
        WriteText(output, response.Key);
        WriteNumber(output, response.Tags.Length);
        foreach (var (tag, version) in response.Tags)
        {
            WriteText(output, tag);
            BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), version);
            output.Advance(sizeof(ulong));
        }

        foreach (var piece in response.Value)
        {
            output.Write(piece.Span);
        }
    }

    /// <summary>Opens a response.</summary>
    /// <param name="stored">Its bytes.</param>
    /// <param name="key">The key that was asked for.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="value">Its value, within <paramref name="stored"/>.</param>
    /// <returns>False if it is the response to another key, or none at all.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> stored, string key, out TagVersion[] tags, out ReadOnlySpan<byte> value)
    {
        tags = [];
        value = default;
        if (!TryTakeText(ref stored, out var storedKey) || !storedKey.SequenceEqual(MemoryMarshal.AsBytes(key.AsSpan()))
            || !TryTakeNumber(ref stored, out var count) || count > stored.Length / (sizeof(int) + sizeof(ulong)))
        {
            return false;
        }

        tags = count == 0 ? [] : new TagVersion[count];
        for (var i = 0; i < count; i++)
        {
            if (!TryTakeText(ref stored, out var tag) || stored.Length < sizeof(ulong))
            {
                return false;
            }

            tags[i] = new TagVersion(new string(MemoryMarshal.Cast<byte, char>(tag)), BinaryPrimitives.ReadUInt64LittleEndian(stored));
            stored = stored[sizeof(ulong)..];
        }

        value = stored;
        return true;
    }

    private static long TextLength(string text) => sizeof(int) + ((long)text.Length * sizeof(char));

    private static void WriteText(IBufferWriter<byte> output, string text)
    {
        WriteNumber(output, text.Length * sizeof(char));
        output.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static void WriteNumber(IBufferWriter<byte> output, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), number);
        output.Advance(sizeof(int));
    }

    private static bool TryTakeText(ref ReadOnlySpan<byte> stored, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TryTakeNumber(ref stored, out var length) || length > stored.Length)
        {
            return false;
        }

        text = stored[..length];
        stored = stored[length..];
        return true;
    }

    // Negative ones are damage.
    private static bool TryTakeNumber(ref ReadOnlySpan<byte> stored, out int number)
    {
        if (!BinaryPrimitives.TryReadInt32LittleEndian(stored, out number) || number < 0)
        {
            return false;
        }

        stored = stored[sizeof(int)..];
        return true;
    }
}
