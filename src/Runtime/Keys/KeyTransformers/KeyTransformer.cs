namespace TypedCache.Keys;

/// <summary>
/// What another key a client sends in the place of the one that it is given: EnyimMemcached and EnyimMemcachedCore can be set to do that
/// (<c>KeyTransformer</c>). Everything that the pool does with a key, it does with the other one; <see cref="MemcachedPool.Locate"/> shows it.
/// </summary>
/// <remarks>
/// It gets the whole key, <see cref="MemcachedPoolOptions.KeyPrefix"/> included. Since the other key never has a byte that memcached does not accept, keys
/// given as UTF-8 bytes may have any, as Enyim's may; text goes by <see cref="MemcachedPoolOptions.KeyPolicy"/> all the same. Equal keys are equal
/// afterwards, but nobody can tell from the server what they were.
/// </remarks>
public abstract class KeyTransformer
{
    private protected KeyTransformer(int maxKeyLength) => MaxKeyLength = maxKeyLength;

    /// <summary>Keys stay as they are.</summary>
    public static KeyTransformer None { get; } = new SameKeyTransformer();

    // Those below are not created with it, so that a native program that does not ask for them is without them.

    /// <summary>Enyim's <c>SHA1KeyTransformer</c>: the Base64 of the SHA-1 of the key in UTF-16, 28 characters.</summary>
    /// <remarks>Enyim takes keys of any length. Here they end as usual: what is over 250 bytes is shortened by a hash first, and is another key than Enyim's.</remarks>
    public static KeyTransformer EnyimSha1 => Sha1KeyTransformer.Instance;

    /// <summary>Enyim's <c>TigerHashKeyTransformer</c>: the Base64 of the Tiger of the key in UTF-16, 32 characters.</summary>
    /// <inheritdoc cref="EnyimSha1" path="/remarks"/>
    public static KeyTransformer EnyimTigerHash => TigerKeyTransformer.Instance;

    /// <summary>Enyim's <c>Base64KeyTransformer</c>: the Base64 of the key in UTF-8. It leaves 186 bytes for a key.</summary>
    public static KeyTransformer EnyimBase64 => Base64KeyTransformer.Instance;

    /// <summary>The longest key that gives one which memcached accepts, in bytes.</summary>
    internal int MaxKeyLength { get; }

    /// <summary>Makes another key of a key.</summary>
    /// <param name="key">Memory that begins with the key, and takes the other one: <see cref="CacheKeyWriter.StackSize"/> bytes.</param>
    /// <param name="length">How long the key is: at most <see cref="MaxKeyLength"/>.</param>
    /// <param name="shownAs">What exceptions show in its place; null: the key itself.</param>
    /// <returns>How long the other key is.</returns>
    /// <exception cref="CacheKeyException">The key is not UTF-8, and it would have to be.</exception>
    internal abstract int Transform(Span<byte> key, int length, string? shownAs);
}
