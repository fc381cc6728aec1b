using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedCache.Keys;
using TypedCache.Shared;

namespace TypedCache.AspNetCore;

/// <summary>The store of ASP.NET Core's output caching over memcached: all instances of an application share their responses.</summary>
/// <remarks>
/// <para>The whole key is stored with a response and compared, so that nobody gets the response to another request.</para>
/// <para>
/// A tag is a counter, and a response is valid while its tags count what they did when it was stored: evicting by a tag is one request,
/// however many responses have it. A counter that memcached has lost invalidates the responses of its tag.
/// </para>
/// <para>Responses over the servers' item size limit are not stored, and a warning is logged, at most once a minute.</para>
/// </remarks>
public sealed class TypedCacheOutputCacheStore : IOutputCacheBufferStore
{
    private readonly MemcachedPool _pool;
    private readonly string _instanceName;
    private readonly KeyTemplate _template;
    private readonly TagVersions _versions;
    private readonly KnownTags _known = new();
    private readonly ILogger _logger;
    private readonly OncePerMinute _tooLargeWarning = new(TimeProvider.System);

    /// <summary>Creates a store.</summary>
    /// <param name="pool">The servers. The store does not dispose the pool.</param>
    /// <param name="options">How responses are stored; null for the defaults.</param>
    /// <param name="logger">Hears of responses that are too large.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pool"/> is null.</exception>
    /// <exception cref="ArgumentException">A setting is null.</exception>
    public TypedCacheOutputCacheStore(MemcachedPool pool, TypedCacheOutputCacheOptions? options = null, ILogger<TypedCacheOutputCacheStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        options ??= new TypedCacheOutputCacheOptions();
        options.Validate();
        _pool = pool;
        _instanceName = options.InstanceName;

        // Keys have the query of the request in them.
        _template = new KeyTemplate(_instanceName.TrimEnd(':'), "response:{key}") { HidesKeys = true };
        _versions = new TagVersions(pool, _instanceName);
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
        var response = await ReadAsync(key, ReadArray(key, cancellationToken), cancellationToken).ConfigureAwait(false);
        return response.Value;
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
        var response = await ReadAsync(key, ReadInto(key, destination, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (response.Tags is null)
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
    /// <param name="tags">Its tags; null for none.</param>
    /// <param name="validFor">For how long it is valid.</param>
    /// <param name="cancellationToken">Cancels the wait; the response may still be stored.</param>
    /// <exception cref="MemcachedException">memcached failed. ASP.NET Core logs that.</exception>
    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        return SetAsync(key, new ReadOnlySequence<byte>(value), tags, validFor, cancellationToken);
    }

    /// <summary>Stores a response.</summary>
    /// <param name="key">The key of the request.</param>
    /// <param name="value">The response, in any number of pieces.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="validFor">For how long it is valid.</param>
    /// <param name="cancellationToken">Cancels the wait; the response may still be stored.</param>
    /// <exception cref="MemcachedException">memcached failed. ASP.NET Core logs that.</exception>
    public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, ReadOnlyMemory<string> tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (validFor <= TimeSpan.Zero)
        {
            return;
        }

        var versions = await EnsureVersionsAsync(tags, cancellationToken).ConfigureAwait(false);
        if (StoredResponse.LengthOf(key, versions, value.Length) > _pool.MaxValueLength)
        {
            await SkipAsync(key, value.Length, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await Store(key, (key, versions, value), CacheExpiry.FromSeconds(TimeToLive.SecondsFor(validFor)), cancellationToken).ConfigureAwait(false);
            _known.Note(key, versions);
        }
        catch (MemcachedServerException refusal) when (refusal.IsValueTooLarge)
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
        await _versions.ChangeAsync(tag, cancellationToken).ConfigureAwait(false);
    }

    // default: a miss.
    private async ValueTask<ResponseRead> ReadAsync(string key, ValueTask<CacheValue<ResponseRead>> read, CancellationToken cancellationToken)
    {
        // The guess leaves together with the request for the response.
        var guess = _known.Of(key);
        var guessed = guess.Length == 0 ? default : _versions.ReadAsync(guess, cancellationToken);
        ResponseRead response;
        CacheValues<string, ulong>? versions;
        try
        {
            response = (await read.ConfigureAwait(false)).Value;
        }
        finally
        {
            versions = guess.Length == 0 ? null : await guessed.ConfigureAwait(false);
        }

        if (response.Tags is not { Length: > 0 } tags)
        {
            return response;
        }

        if (versions is null || !KnownTags.Equal(guess, tags))
        {
            versions = await _versions.ReadAsync(KnownTags.Names(tags), cancellationToken).ConfigureAwait(false);
            _known.Note(key, tags);
        }

        return AreValid(tags, versions) ? response : default;
    }

    private static bool AreValid(TagVersion[] tags, CacheValues<string, ulong> versions)
    {
        foreach (var (tag, version) in tags)
        {
            if (!versions.TryGetValue(tag, out var current) || current != version)
            {
                return false;
            }
        }

        return true;
    }

    // All of them are on their way before the first one is awaited.
    private async ValueTask<TagVersion[]> EnsureVersionsAsync(ReadOnlyMemory<string> tags, CancellationToken cancellationToken)
    {
        if (tags.IsEmpty)
        {
            return [];
        }

        var names = new List<string>(tags.Length);
        var calls = new List<Task<ulong>>(tags.Length);
        foreach (var tag in tags.Span)
        {
            if (!names.Contains(tag))
            {
                names.Add(tag);
                calls.Add(_versions.EnsureAsync(tag, cancellationToken).AsTask());
            }
        }

        var versions = await Task.WhenAll(calls).ConfigureAwait(false);
        var ensured = new TagVersion[versions.Length];
        for (var i = 0; i < ensured.Length; i++)
        {
            ensured[i] = new TagVersion(names[i], versions[i]);
        }

        return ensured;
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

    private ReadOnlySpan<byte> KeyOf(string key, Span<byte> buffer)
    {
        var writer = new CacheKeyWriter(buffer, KeyPolicy.Escape, _pool.MaxKeyLength);
        writer.Append(_instanceName);
        writer.AppendLiteral("response:"u8);
        writer.Append(key);
        return writer.Finish();
    }

    private ValueTask<CacheValue<ResponseRead>> ReadArray(string key, CancellationToken cancellationToken) =>
        _pool.GetItemAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), key, ResponseRead.AsArray, cancellationToken, _template);

    private ValueTask<CacheValue<ResponseRead>> ReadInto(string key, PipeWriter destination, CancellationToken cancellationToken) =>
        _pool.GetItemAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), (key, (IBufferWriter<byte>)destination), ResponseRead.Into, cancellationToken, _template);

    private ValueTask Store(string key, (string, TagVersion[], ReadOnlySequence<byte>) response, CacheExpiry expires, CancellationToken cancellationToken) =>
        _pool.SetItemAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), response, StoredResponse.Write, StoredResponse.Flags, expires, cancellationToken, _template);

    private ValueTask<bool> Delete(string key, CancellationToken cancellationToken) =>
        _pool.DeleteAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), cancellationToken, _template);
}
