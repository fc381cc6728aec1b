using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Tags;

/// <summary>Codecs that read values with tags by themselves (<see cref="StoredValue.WithoutTags"/>).</summary>
public sealed class WithoutTagsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_value_alone_has_its_own_kind_flags_and_bytes()
    {
        await using var pool = MemcachedPool.InMemory();
        await StoreAsync(pool);

        // A version, the key of its tag and the key's length, then two bytes with numbers of tags.
        var found = await pool.GetAsync("k", new Reader(static (in stored) =>
        {
            var value = stored.WithoutTags(stored.Payload.Length - (8 + "~t:a".Length + 1 + 2));
            return $"{stored.Kind} {value.Kind} {stored.Flags - value.Flags:X} {value.ReadInteger()}";
        }), Token);

        Assert.Equal("Tagged Integer 80 42", found);
    }

    [Fact]
    public async Task A_length_that_the_payload_does_not_have_is_refused()
    {
        await using var pool = MemcachedPool.InMemory();
        await StoreAsync(pool);

        foreach (var length in (int[])[-1, 1000])
        {
            var found = await pool.GetAsync("k", new Reader((in stored) => TryTake(stored, length)), Token);

            Assert.Equal("refused", found);
        }
    }

    private static string TryTake(in StoredValue stored, int length)
    {
        try
        {
            return $"{stored.WithoutTags(length).Kind}";
        }
        catch (ArgumentOutOfRangeException)
        {
            return "refused";
        }
    }

    private static ValueTask StoreAsync(MemcachedPool pool) => pool.SetTaggedAsync("k"u8, default, 42, Codec(), cancellationToken: Token);

    private static TaggedCodec<int> Codec()
    {
        var tags = new TagKeys(stackalloc byte[TagKeys.SizePerTag], CacheKeyWriter.MaxLength);
        tags.Add("~t:a"u8);
        return new TaggedCodec<int>(CacheCodecs.Int32).WithTags(tags);
    }

    private delegate string Read(in StoredValue stored);

    private sealed class Reader(Read read) : ICacheCodec<string>
    {
        public void Write(ref ValueWriter writer, string value) => throw new NotSupportedException();

        string ICacheCodec<string>.Read(in StoredValue stored) => read(stored);
    }
}
