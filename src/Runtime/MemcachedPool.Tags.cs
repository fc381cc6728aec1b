using System.Runtime.CompilerServices;
using TypedCache.Keys;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Tags;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache;

// Values with tags: docs/tags.md says what is promised.
public sealed partial class MemcachedPool
{
    private Tagging? _tagging;

    // Made for the first call that has tags: what none of a program's calls needs, its native form leaves out.
    private Tagging Tagging => _tagging ?? BeginTagging();

    /// <summary>Reads a value with tags. It and the versions of its tags, where they are not kept in this process, are asked for at once.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="tags">The tags of the value, at most 8, in the same order as in all calls for the key.</param>
    /// <param name="codec">Reads the value's bytes.</param>
    /// <param name="tagOptions">How the tags are looked at.</param>
    /// <param name="near">For how long a value that was read is given out without asking its server; null: the server is asked.</param>
    /// <param name="cancellationToken">Cancels the wait; the connections stay in step.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>The value, or <c>default</c> for a miss. A value of which a tag was invalidated or removed since it was stored is a miss (but see <see cref="TagOptions.ServesInvalidated"/>).</returns>
    /// <exception cref="ArgumentException">There are more than 8 tags.</exception>
    public ValueTask<T?> GetTaggedAsync<T>(
        ReadOnlySpan<byte> key, in TagKeys tags, TaggedCodec<T> codec, TagOptions tagOptions, NearOptions? near = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        CheckTagged(tags, codec, tagOptions);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T?>(cancellationToken);
        }

        ValueTask<Tagged<T>> reading;
        VersionReads versions;
        var record = default(CallRecord);
        var sends = SendBatch.Begin();
        try
        {
            if (near is null)
            {
                reading = _movedReads.ReadValue(BeginTaggedRead(key, codec, wantsCas: false, template), _sender.Router, codec.Stored, cancellationToken);
                record = _telemetry.Begin(CallKind.Get, template, key);
            }
            else
            {
                reading = GetAsync(key, codec.Stored, near, cancellationToken, template);
            }

            versions = VersionReads.Begin(Tagging.Commands, tags, tagOptions.Near, isPlain: true, cancellationToken);
        }
        finally
        {
            sends.End();
        }

        if (reading.IsCompletedSuccessfully && versions.TryTake(out var now))
        {
            var value = reading.GetAwaiter().GetResult();
            if (TagJudge.IsFresh(value, now))
            {
                record.End(CallResult.Hit, server: null);
                return new ValueTask<T?>(value.Value);
            }

            reading = new ValueTask<Tagged<T>>(value);
        }

        return Tagging.Reads.FinishAsync(reading, versions, NamedTags.Copy(tags), tagOptions, record, cancellationToken);
    }

    /// <summary>Reads a value with tags together with its CAS number, and tells a miss apart from any value.</summary>
    /// <inheritdoc cref="GetTaggedAsync{T}" path="/param|/exception"/>
    /// <returns>The value and its CAS number, or a miss.</returns>
    public ValueTask<CacheValue<T>> GetTaggedValueAsync<T>(
        ReadOnlySpan<byte> key, in TagKeys tags, TaggedCodec<T> codec, TagOptions tagOptions, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        CheckTagged(tags, codec, tagOptions);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<CacheValue<T>>(cancellationToken);
        }

        var sends = SendBatch.Begin();
        try
        {
            var operation = BeginTaggedRead(key, codec, wantsCas: true, template);
            var record = _telemetry.Begin(CallKind.Get, template, key);
            var reading = _movedReads.Read(operation, _sender.Router, codec.Stored, cancellationToken);
            var versions = VersionReads.Begin(Tagging.Commands, tags, tagOptions.Near, isPlain: true, cancellationToken);
            return Tagging.Reads.FinishWithCasAsync(reading, versions, NamedTags.Copy(tags), tagOptions, record, cancellationToken);
        }
        finally
        {
            sends.End();
        }
    }

    /// <summary>
    /// Marks all values with a tag as stale, by one request, however many they are: as <see cref="InvalidateAsync(ReadOnlySpan{byte}, TimeSpan, CancellationToken, KeyTemplate)"/>
    /// does, one caller of a get-or-create operation refreshes each, and those whose options have <see cref="GetOrCreateOptions.Stale"/> get the
    /// old value until then; to others it is missing. A value being created meanwhile is old as soon as it is stored.
    /// </summary>
    /// <param name="tag">The key of the tag.</param>
    /// <param name="group">What stands for all tags of its template where values get some of them from themselves (<see cref="ValueTags{T}"/>); else null. It costs one more request.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <remarks>
    /// Reads of this pool see it when this has completed; those of other pools do too, or where they keep the tag's version in their process,
    /// <see cref="TagOptions.Near"/> later. If it fails, it may or may not have been carried out, or will be when the server is back: try again.
    /// </remarks>
    public ValueTask InvalidateTagAsync(ReadOnlySpan<byte> tag, string? group = null, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        ChangeTag(tag, TagVersion.Invalidation, CallKind.Invalidate, group, cancellationToken, template);

    /// <inheritdoc cref="InvalidateTagAsync(ReadOnlySpan{byte}, string, CancellationToken, KeyTemplate)"/>
    public ValueTask InvalidateTagAsync(string tag, string? group = null, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        InvalidateTagAsync(Encode(tag, stackalloc byte[CacheKeyWriter.StackSize], template), group, cancellationToken, template);

    /// <summary>Removes all values with a tag, by one request, however many they are: reads miss them, and do not get them as stale ones either.</summary>
    /// <inheritdoc cref="InvalidateTagAsync(ReadOnlySpan{byte}, string, CancellationToken, KeyTemplate)" path="/param|/remarks"/>
    public ValueTask RemoveTagAsync(ReadOnlySpan<byte> tag, string? group = null, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        ChangeTag(tag, TagVersion.Removal, CallKind.Delete, group, cancellationToken, template);

    /// <inheritdoc cref="RemoveTagAsync(ReadOnlySpan{byte}, string, CancellationToken, KeyTemplate)"/>
    public ValueTask RemoveTagAsync(string tag, string? group = null, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        RemoveTagAsync(Encode(tag, stackalloc byte[CacheKeyWriter.StackSize], template), group, cancellationToken, template);

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask IgnoreVersionAsync(ValueTask<ulong> changed) => await changed.ConfigureAwait(false);

    private static void CheckTagged<T>(in TagKeys tags, TaggedCodec<T> codec, TagOptions tagOptions)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(tagOptions);
        NamedTags.CheckCount(tags);
    }

    private ValueTask ChangeTag(ReadOnlySpan<byte> tag, ulong by, CallKind kind, string? group, CancellationToken cancellationToken, KeyTemplate? template)
    {
        ThrowIfDisposed();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        CacheKeyWriter.Validate(tag, KeyTemplate.Cover(template));
        return group is null
            ? IgnoreVersionAsync(Tagging.Commands.Change(tag, by, _telemetry.Begin(kind, template, tag), template, cancellationToken))
            : ChangeGroupAndTagAsync(tag.ToArray(), by, kind, Tagging.Commands.GroupKey(group), cancellationToken, template);
    }

    // In this order: whoever is creating a value finds that the group has changed, or stores the version that the tag had before.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask ChangeGroupAndTagAsync(byte[] tag, ulong by, CallKind kind, byte[] group, CancellationToken cancellationToken, KeyTemplate? template)
    {
        await Tagging.Commands.Change(group, by, default, TagCommands.Template, cancellationToken).ConfigureAwait(false);
        await Tagging.Commands.Change(tag, by, _telemetry.Begin(kind, template, tag), template, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<ulong> ReadNearVersion(ReadOnlySpan<byte> tag, NearOptions near, CancellationToken cancellationToken) =>
        GetAsync(tag, Values.CacheCodecs.UInt64, near, cancellationToken, TagCommands.Template);

    // The call is recorded when the tags have been looked at, too.
    private ReadOperation<Tagged<T>> BeginTaggedRead<T>(ReadOnlySpan<byte> key, TaggedCodec<T> codec, bool wantsCas, KeyTemplate? template)
    {
        ThrowIfDisposed();
        var operation = OperationPool<ReadOperation<Tagged<T>>>.Rent();
        _sender.Begin(operation, Verb.Get, key, template);
        operation.Decode(codec.Stored, _pipeline);
        operation.Request.WantsCas = wantsCas;
        operation.Route.MissOnFailure = _missOnFailure;
        return operation;
    }

    private Tagging BeginTagging()
    {
        var commands = new TagCommands(_sender, _redundancy, _movedReads, _pipeline, _keyPolicy, _missOnFailure, ReadNearVersion, _nearCache);
        return Interlocked.CompareExchange(ref _tagging, new Tagging(commands), null) ?? _tagging;
    }
}
