using System.Buffers;
using System.Buffers.Binary;
using TypedCache.Values;

namespace TypedCache.Tags;

/// <summary>
/// The stored form of a value with tags: its own bytes; for each tag of its own its version, its key and the key's length in one byte; the
/// versions of the other tags; the number of its own tags in one byte, if there are any; the number of the others in the last byte, whose
/// highest bit says whether there are own ones. Numbers are little-endian.
/// </summary>
internal sealed class TaggedForm<T>(ICacheCodec<T> codec) : ISharedCacheCodec<Tagged<T>>
{
    private const byte HasOwn = 0x80;

    private readonly ICacheCodec<T> _shared = SharedReadCodec<T>.Of(codec);

    public void Write(ref ValueWriter writer, Tagged<T> value)
    {
        codec.Write(ref writer, value.Value!);
        var output = writer.BeginTags();
        var own = value.OwnTags;
        for (var i = 0; i < own?.Keys.Length; i++)
        {
            WriteNumber(output, own.Versions[i]);
            output.Write(own.Keys[i]);
            WriteByte(output, (byte)own.Keys[i].Length);
        }

        var versions = value.Versions;
        foreach (var version in versions.Span)
        {
            WriteNumber(output, version);
        }

        if (own is not null)
        {
            WriteByte(output, (byte)own.Keys.Length);
        }

        WriteByte(output, (byte)(versions.Count | (own is null ? 0 : HasOwn)));
    }

    public Tagged<T> Read(in StoredValue stored) => Read(codec, stored);

    public Tagged<T> ReadShared(in StoredValue stored) => Read(_shared, stored);

    private static void WriteNumber(IBufferWriter<byte> output, ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), number);
        output.Advance(sizeof(ulong));
    }

    private static void WriteByte(IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private static Tagged<T> Read(ICacheCodec<T> codec, in StoredValue stored)
    {
        if (stored.Kind != ValueKind.Tagged)
        {
            return new Tagged<T> { IsFound = true };
        }

        var rest = stored.Payload.Span;
        if (!TryTakeByte(ref rest, out var counts) || !TryTakeCount(ref rest, counts, out var ownCount) || !TryTakeVersions(ref rest, counts & ~HasOwn, out var versions))
        {
            throw Damaged(stored);
        }

        var own = ownCount == 0 ? null : TakeOwn(ref rest, ownCount) ?? throw Damaged(stored);
        return new Tagged<T> { IsFound = true, Value = codec.Read(stored.WithoutTags(rest.Length)), IsVersioned = true, Versions = versions, OwnTags = own };
    }

    private static CacheValueException Damaged(in StoredValue stored) =>
        stored.Unreadable($"{TypeName.Of(typeof(T))} with tags", new InvalidDataException("The versions of its tags are damaged."));

    // What was written last is taken first.
    private static bool TryTakeByte(ref ReadOnlySpan<byte> rest, out int value)
    {
        value = rest.IsEmpty ? 0 : rest[^1];
        var isThere = !rest.IsEmpty;
        rest = isThere ? rest[..^1] : rest;
        return isThere;
    }

    private static bool TryTakeCount(ref ReadOnlySpan<byte> rest, int counts, out int own)
    {
        own = 0;
        return (counts & HasOwn) == 0 || (TryTakeByte(ref rest, out own) && own is > 0 and <= OwnTags.MaxCount);
    }

    private static bool TryTakeVersions(ref ReadOnlySpan<byte> rest, int count, out TagVersions versions)
    {
        versions = default;
        var length = count * sizeof(ulong);
        if (count > TagVersions.MaxCount || rest.Length < length)
        {
            return false;
        }

        for (var at = rest.Length - length; at < rest.Length; at += sizeof(ulong))
        {
            versions.Add(BinaryPrimitives.ReadUInt64LittleEndian(rest[at..]));
        }

        rest = rest[..^length];
        return true;
    }

    // Null: damaged.
    private static OwnTags? TakeOwn(ref ReadOnlySpan<byte> rest, int count)
    {
        var keys = new byte[count][];
        var versions = new ulong[count];
        for (var i = count - 1; i >= 0; i--)
        {
            if (!TryTakeByte(ref rest, out var length) || length == 0 || rest.Length < length + sizeof(ulong))
            {
                return null;
            }

            keys[i] = rest[^length..].ToArray();
            rest = rest[..^length];
            versions[i] = BinaryPrimitives.ReadUInt64LittleEndian(rest[^sizeof(ulong)..]);
            rest = rest[..^sizeof(ulong)];
        }

        return new OwnTags(keys, versions);
    }
}
