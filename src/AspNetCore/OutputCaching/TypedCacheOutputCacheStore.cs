using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedCache.Keys;
using TypedCache.Shared;
using TypedCache.Values;

namespace TypedCache.AspNetCore;

/// <summary>The store of ASP.NET Core's output caching over memcached: all instances of an application share their responses.</summary>
/// <remarks>
/// <para>The whole key is stored with a response and compared, so that nobody gets the response to another request.</para>
/// <para>
/// Tags are the pool's: evicting by a tag takes two requests, however many responses have it, and counts in all instances within
/// <see cref="TypedCacheOutputCacheOptions.TagNear"/>. A tag that memcached has lost takes its responses with it. A response that is missing, and
/// rendered while one of its tags is evicted, is not served from the store.
/// </para>
/// <para>Responses over the servers' item size limit are not stored, and a warning is logged, at most once a minute.</para>
/// </remarks>
public sealed class TypedCacheOutputCacheStore : IOutputCacheBufferStore
{
    private readonly MemcachedPool _pool;
    private readonly string _instanceName;
    private readonly KeyTemplate _template;
    private readonly KeyTemplate _tagTemplate;
    private readonly TagOptions _tagOptions;
    private readonly string _group;
    private readonly ValueTags<Response> _tags;
    private readonly Renderings _renderings = new();
    private readonly ILogger _logger;
    private readonly OncePerMinute _tooLargeWarning = new(TimeProvider.System);

    /// <summary>Creates a store.</summary>
    /// <param name="pool">The servers. The store does not dispose the pool.</param>
    /// <param name="options">How responses are stored; null for the defaults.</param>
    /// <param name="logger">Hears of responses that are too large.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pool"/> is null.</exception>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    public TypedCacheOutputCacheStore(MemcachedPool pool, TypedCacheOutputCacheOptions? options = null, ILogger<TypedCacheOutputCacheStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        options ??= new TypedCacheOutputCacheOptions();
        options.Validate();
        _pool = pool;
        _instanceName = options.InstanceName;

        // Keys have the query of the request in them.
        _template = new KeyTemplate(_instanceName.TrimEnd(':'), "response:{key}") { HidesKeys = true };
        _tagTemplate = new KeyTemplate(_template.Client, "tag:{tag}") { HidesKeys = true };
        _tagOptions = options.ToTagOptions();
        _group = Encoding.UTF8.GetString(KeyOf("tags"u8, "", stackalloc byte[CacheKeyWriter.StackSize]));
        _tags = new ValueTags<Response>(WriteTags, _group);
        _logger = logger ?? NullLogger<TypedCacheOutputCacheStore>.Instance;
    }

    /// <summary>Reads a response.</summary>
    /// <param name="key">The key of the request.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The response, or null for a miss.</returns>
    /// <exception cref="MemcachedException">memcached failed. ASP.NET Core logs that and takes it for a miss.</exception>
    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var response = await ReadAsync(key, null, cancellationToken).ConfigureAwait(false);
        return response.Bytes;
    }

    /// <summary>Reads a response into a pipe.</summary>
    /// <param name="key">The key of the request.</param>
    /// <param name="destination">Takes the response, which the caller flushes; nothing for a miss.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether there is a response.</returns>
    /// <exception cref="MemcachedException">memcached failed. ASP.NET Core logs that and takes it for a miss.</exception>
    public async ValueTask<bool> TryGetAsync(string key, PipeWriter destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(destination);
        var response = await ReadAsync(key, destination, cancellationToken).ConfigureAwait(false);
        if (!response.IsFound)
        {
            return false;
        }

        // Not flushed: that would wait for ever where nobody reads before this returns.
        destination.Advance(response.Length);
        return true;
    }

    /// <summary>Stores a response.</summary>
    /// <param name="key">The key of the request.</param>
    /// <param name="value">The response.</param>
    /// <param name="tags">Its tags, at most 32; null for none.</param>
    /// <param name="validFor">For how long it is valid.</param>
    /// <param name="cancellationToken">Cancels the wait; the response may still be stored.</param>
    /// <exception cref="ArgumentException">There are more than 32 tags.</exception>
    /// <exception cref="MemcachedException">memcached failed. ASP.NET Core logs that.</exception>
    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        return SetAsync(key, new ReadOnlySequence<byte>(value), tags, validFor, cancellationToken);
    }

    /// <summary>Stores a response.</summary>
    /// <param name="key">The key of the request.</param>
    /// <param name="value">The response, in any number of pieces.</param>
    /// <param name="tags">Its tags, at most 32.</param>
    /// <param name="validFor">For how long it is valid.</param>
    /// <param name="cancellationToken">Cancels the wait; the response may still be stored.</param>
    /// <exception cref="ArgumentException">There are more than 32 tags.</exception>
    /// <exception cref="MemcachedException">memcached failed. ASP.NET Core logs that.</exception>
    public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, ReadOnlyMemory<string> tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (validFor <= TimeSpan.Zero)
        {
            return;
        }

        if (value.Length > _pool.MaxValueLength)
        {
            await SkipAsync(key, value.Length, cancellationToken).ConfigureAwait(false);
            return;
        }

        // The middleware takes back what it has rented for the tags when this returns.
        string[] names = [.. tags.ToArray().Distinct(StringComparer.Ordinal)];
        try
        {
            await StoreAsync(key, new Response { Tags = names, Value = value }, CacheExpiry.FromSeconds(TimeToLive.SecondsFor(validFor)), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ValueTooLargeException or MemcachedServerException { IsValueTooLarge: true })
        {
            await SkipAsync(key, value.Length, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Invalidates all responses with a tag, in all instances of the application.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="cancellationToken">Cancels the wait; they may still be invalidated.</param>
    /// <exception cref="MemcachedException">memcached failed: they may still be valid.</exception>
    public async ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tag);
        await RemoveTag(tag, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Response> ReadAsync(string key, PipeWriter? destination, CancellationToken cancellationToken)
    {
        var response = default(Response);
        try
        {
            response = await Read(key, new ResponseCodec(key, destination), cancellationToken).ConfigureAwait(false);
        }
        catch (CacheValueException)
        {
            // Damaged, or not a response at all.
        }

        if (!response.IsFound)
        {
            await BeginRenderingAsync(key, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }

    // What has been evicted while it was rendered must not be stored as if it had been rendered afterwards.
    private async ValueTask BeginRenderingAsync(string key, CancellationToken cancellationToken)
    {
        var tags = _renderings.TagsOf(key);
        var before = await TrySnapshotAsync(tags is null ? CodecOf(key) : CodecOf(key, tags), cancellationToken).ConfigureAwait(false);
        _renderings.Begin(key, new Rendering(before, tags));
    }

    private async ValueTask<TagSnapshot<Response>?> TrySnapshotAsync(TaggedCodec<Response> codec, CancellationToken cancellationToken)
    {
        try
        {
            return await Snapshot(codec, cancellationToken).ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            // It is a miss all the same, and what is rendered is not stored.
            return null;
        }
    }

    private async ValueTask StoreAsync(string key, Response response, CacheExpiry expires, CancellationToken cancellationToken)
    {
        var tags = response.Tags!;
        if (_renderings.End(key, tags) is not { } rendering || tags.Length == 0)
        {
            await Store(key, response, expires, cancellationToken).ConfigureAwait(false);
        }
        else if (rendering.Covers(tags))
        {
            await Store(key, response, rendering.Before!, expires, cancellationToken).ConfigureAwait(false);
        }
    }

    // An older response must not stay in place of the one that was too large.
    private async ValueTask SkipAsync(string key, long length, CancellationToken cancellationToken)
    {
        await Delete(key, cancellationToken).ConfigureAwait(false);
        if (_tooLargeWarning.IsDue())
        {
            _logger.ResponseTooLarge(length);
        }
    }

    private static TaggedCodec<Response> CodecOf(ResponseCodec codec, ValueTags<Response>? tags) => new(CacheCodecs.Uncompressed(codec), tags);

    // The tags come with the response.
    private TaggedCodec<Response> CodecOf(string key) => CodecOf(new ResponseCodec(key, null), _tags);

    // The tags are known before.
    private TaggedCodec<Response> CodecOf(string key, string[] tags)
    {
        var keys = new TagKeys(stackalloc byte[tags.Length * TagKeys.SizePerTag], _pool.MaxKeyLength);
        WriteTags(ref keys, tags);
        return CodecOf(new ResponseCodec(key, null), null).WithTags(keys);
    }

    private void WriteTags(ref TagKeys keys, Response response) => WriteTags(ref keys, response.Tags!);

    private void WriteTags(ref TagKeys keys, string[] tags)
    {
        Span<byte> buffer = stackalloc byte[CacheKeyWriter.StackSize];
        foreach (var tag in tags)
        {
            keys.Add(KeyOf("tag:"u8, tag, buffer));
        }
    }

    private ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> kind, string text, Span<byte> buffer)
    {
        var writer = new CacheKeyWriter(buffer, KeyPolicy.Escape, _pool.MaxKeyLength);
        writer.Append(_instanceName);
        writer.AppendLiteral(kind);
        writer.Append(text);
        return writer.Finish();
    }

    private ReadOnlySpan<byte> KeyOf(string key, Span<byte> buffer) => KeyOf("response:"u8, key, buffer);

    private ValueTask<Response> Read(string key, ResponseCodec codec, CancellationToken cancellationToken) => _pool.GetTaggedAsync(
        KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), default, CodecOf(codec, null), _tagOptions, near: null, cancellationToken, _template);

    private ValueTask<TagSnapshot<Response>> Snapshot(TaggedCodec<Response> codec, CancellationToken cancellationToken) => _pool.SnapshotTagsAsync(default, codec, cancellationToken);

    private ValueTask Store(string key, Response response, CacheExpiry expires, CancellationToken cancellationToken) =>
        _pool.SetTaggedAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), default(TagKeys), response, CodecOf(key), expires, cancellationToken, _template);

    private ValueTask<bool> Store(string key, Response response, TagSnapshot<Response> before, CacheExpiry expires, CancellationToken cancellationToken) =>
        _pool.SetTaggedAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), before, response, expires, cancellationToken, _template);

    private ValueTask RemoveTag(string tag, CancellationToken cancellationToken) =>
        _pool.RemoveTagAsync(KeyOf("tag:"u8, tag, stackalloc byte[CacheKeyWriter.StackSize]), _group, cancellationToken, _tagTemplate);

    private ValueTask<bool> Delete(string key, CancellationToken cancellationToken) =>
        _pool.DeleteAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), cancellationToken, _template);
}
