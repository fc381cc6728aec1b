using System.Text;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Tags;

/// <summary>One process that reads and writes texts with tags, as generated clients do.</summary>
internal sealed class TagClient(MemcachedPool pool, GetOrCreateOptions? options = null, TagOptions? tagOptions = null, TaggedCodec<string>? codec = null)
{
    /// <summary>Asks for the versions each time.</summary>
    public static readonly TagOptions Strict = new() { Near = null };

    public static readonly GetOrCreateOptions NoStale = new() { Expires = TimeSpan.FromMinutes(10) };

    public static readonly GetOrCreateOptions Stale = new() { Expires = TimeSpan.FromMinutes(10), Stale = TimeSpan.FromMinutes(5) };

    /// <summary>What stands for all tags that come from values.</summary>
    public const string Group = "~t:first:*";

    private static readonly TaggedCodec<string> Text = new(CacheCodecs.String);

    /// <summary>The tag of a text is its first letter.</summary>
    public static readonly TaggedCodec<string> ByFirstLetter = new(
        CacheCodecs.String,
        new ValueTags<string>(
            static (ref tags, text) =>
            {
                var key = tags.Begin(KeyPolicy.Escape);
                key.AppendLiteral("~t:first:"u8);
                key.Append(text[0]);
                tags.Add(key.Finish());
            },
            Group));

    private readonly TaggedCodec<string> _codec = codec ?? Text;
    private readonly TagOptions _tagOptions = tagOptions ?? Strict;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public MemcachedPool Pool => pool;

    public ValueTask<string?> GetAsync(string key, params string[] tags) =>
        pool.GetTaggedAsync(Utf8(key), Keys(tags), _codec, _tagOptions, cancellationToken: Token);

    public ValueTask<CacheValue<string>> GetValueAsync(string key, params string[] tags) =>
        pool.GetTaggedValueAsync(Utf8(key), Keys(tags), _codec, _tagOptions, Token);

    public ValueTask SetAsync(string key, string value, params string[] tags) =>
        pool.SetTaggedAsync(Utf8(key), Keys(tags), value, _codec, cancellationToken: Token);

    public ValueTask<bool> AddAsync(string key, string value, params string[] tags) =>
        pool.AddTaggedAsync(Utf8(key), Keys(tags), value, _codec, cancellationToken: Token);

    public ValueTask<bool> ReplaceAsync(string key, string value, params string[] tags) =>
        pool.ReplaceTaggedAsync(Utf8(key), Keys(tags), value, _codec, cancellationToken: Token);

    public ValueTask<CasResult> CompareAndSetAsync(string key, string value, CasToken cas, params string[] tags) =>
        pool.CompareAndSetTaggedAsync(Utf8(key), Keys(tags), value, cas, _codec, cancellationToken: Token);

    public ValueTask<string> GetOrCreateAsync(string key, Func<CancellationToken, ValueTask<string>> create, params string[] tags) =>
        pool.GetOrCreateTaggedAsync(Utf8(key), Keys(tags), create, _codec, options ?? NoStale, _tagOptions, cancellationToken: Token);

    public ValueTask<string> GetOrCreateAsync(string key, string created, params string[] tags) =>
        GetOrCreateAsync(key, _ => ValueTask.FromResult(created), tags);

    public ValueTask<string> GetOrCreateItemAsync(string key, CacheItem<string> created, params string[] tags) =>
        pool.GetOrCreateTaggedItemAsync(Utf8(key), Keys(tags), _ => ValueTask.FromResult(created), _codec, options ?? NoStale, _tagOptions, cancellationToken: Token);

    /// <summary>Each key is its own tag, and has the common ones.</summary>
    public ValueTask<CacheValues<string, string>> GetManyAsync(string[] keys, params string[] common) =>
        pool.GetManyTaggedAsync(keys, common, WholeKey, TagsOf, KeyPolicy.Escape, _codec, _tagOptions, cancellationToken: Token);

    /// <inheritdoc cref="GetManyAsync"/>
    public ValueTask SetManyAsync(Dictionary<string, string> values, params string[] common) =>
        pool.SetManyTaggedAsync(values, common, WholeKey, TagsOf, KeyPolicy.Escape, _codec, cancellationToken: Token);

    /// <inheritdoc cref="GetManyAsync"/>
    public ValueTask<HashSet<string>> AddManyAsync(Dictionary<string, string> values, params string[] common) =>
        pool.AddManyTaggedAsync(values, common, WholeKey, TagsOf, KeyPolicy.Escape, _codec, cancellationToken: Token);

    /// <inheritdoc cref="GetManyAsync"/>
    public ValueTask<Dictionary<string, string>> GetOrCreateManyAsync(
        string[] keys, Func<IReadOnlyList<string>, CancellationToken, ValueTask<IReadOnlyDictionary<string, string>>> create, params string[] common) =>
        pool.GetOrCreateManyTaggedAsync(keys, common, WholeKey, TagsOf, KeyPolicy.Escape, create, _codec, options ?? NoStale, _tagOptions, cancellationToken: Token);

    /// <inheritdoc cref="GetManyAsync"/>
    public ValueTask<Dictionary<string, string>> GetOrCreateManyAsync(string[] keys, string created, params string[] common) => GetOrCreateManyAsync(
        keys,
        (missing, _) => ValueTask.FromResult<IReadOnlyDictionary<string, string>>(missing.ToDictionary(static key => key, key => $"{key}={created}")),
        common);

    public ValueTask InvalidateAsync(string tag, string? group = null) => pool.InvalidateTagAsync(tag, group, Token);

    public ValueTask RemoveAsync(string tag, string? group = null) => pool.RemoveTagAsync(tag, group, Token);

    /// <summary>The version of a tag; null: there is none.</summary>
    public async Task<ulong?> VersionAsync(string tag)
    {
        var version = await pool.GetValueAsync(tag, CacheCodecs.UInt64, Token);
        return version.Found ? version.Value : null;
    }

    private static BatchKey<string[], string> WholeKey => static (ref key, _, item) => key.Append(item);

    private static TagKeysOf<string[], string> TagsOf => static (ref tags, common, item) =>
    {
        tags.Add(Utf8($"~t:{item}"));
        foreach (var tag in common)
        {
            tags.Add(Utf8(tag));
        }
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private TagKeys Keys(string[] tags)
    {
        var keys = new TagKeys(new byte[Math.Max(1, tags.Length) * TagKeys.SizePerTag], pool.MaxKeyLength);
        foreach (var tag in tags)
        {
            keys.Add(Utf8(tag));
        }

        return keys;
    }
}
