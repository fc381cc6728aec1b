using TypedCache.Keys;

namespace TypedCache.Caching;

/// <summary>The tags of one cache. Each value has the one that stands for all of them, besides those that its call gives it.</summary>
internal sealed class HybridTags
{
    private const string Wildcard = "*";

    private readonly string _instanceName;
    private readonly int _longestOfPool;

    public HybridTags(string instanceName, int longestOfPool)
    {
        _instanceName = instanceName;
        _longestOfPool = longestOfPool;
        All = Write(Wildcard, stackalloc byte[CacheKeyWriter.StackSize]).ToArray();
    }

    /// <summary>The key of the tag that all values have.</summary>
    public byte[] All { get; }

    /// <summary>Whether there can be such a tag. Where not, nothing has it.</summary>
    public static bool IsTag(string? tag) => !string.IsNullOrWhiteSpace(tag);

    /// <summary>Copies the tags of a call, each once.</summary>
    /// <exception cref="ArgumentException">A tag is blank or reserved, or there are too many.</exception>
    public static string[] Copy(IEnumerable<string>? tags)
    {
        if (tags is null || (tags.TryGetNonEnumeratedCount(out var count) && count == 0))
        {
            return [];
        }

        string[] copied = [.. tags.Distinct(StringComparer.Ordinal)];
        foreach (var tag in copied)
        {
            if (!IsTag(tag))
            {
                throw new ArgumentException("A tag is null or blank. Leave it out.", nameof(tags));
            }

            if (tag == Wildcard)
            {
                throw new ArgumentException("The tag * stands for all values: it can be removed, and no value can be given it.", nameof(tags));
            }
        }

        return copied.Length <= TagKeys.MaxCount
            ? copied
            : throw new ArgumentException($"The call gives {copied.Length} tags; a value can have {TagKeys.MaxCount}.", nameof(tags));
    }

    /// <summary>Gives the tag that all values have to a call.</summary>
    /// <param name="buffer">Where its key goes: <see cref="TagKeys.SizePerTag"/> bytes.</param>
    public TagKeys OfAll(Span<byte> buffer)
    {
        var keys = new TagKeys(buffer, _longestOfPool);
        keys.Add(All);
        return keys;
    }

    /// <summary>Gives tags to the values that a codec writes.</summary>
    public TaggedCodec<T> Apply<T>(TaggedCodec<T> codec, string[] tags)
    {
        if (tags.Length == 0)
        {
            return codec;
        }

        var keys = new TagKeys(stackalloc byte[tags.Length * TagKeys.SizePerTag], _longestOfPool);
        foreach (var tag in tags)
        {
            var writer = keys.Begin(KeyPolicy.Escape);
            Append(ref writer, tag);
            keys.Add(writer.Finish());
        }

        return codec.WithTags(keys);
    }

    /// <summary>Writes the key of a tag.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="buffer">Where it goes: <see cref="CacheKeyWriter.StackSize"/> bytes.</param>
    public ReadOnlySpan<byte> Write(string tag, Span<byte> buffer)
    {
        var writer = new CacheKeyWriter(buffer, KeyPolicy.Escape, _longestOfPool);
        Append(ref writer, tag);
        return writer.Finish();
    }

    // No key of a value begins like this: there, two hexadecimal digits follow a percent sign.
    private void Append(ref CacheKeyWriter writer, string tag)
    {
        writer.Append(_instanceName);
        writer.AppendLiteral("%t:"u8);
        writer.Append(tag);
    }
}
