using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using TypedCache.Creation;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tags;

/// <summary>One get-or-create operation for many values with tags: what <see cref="TaggedCreation{T}"/> is for one.</summary>
internal sealed class TaggedBatchCheck<TKey, T>(
    TagCommands commands,
    TagStamps stamps,
    BatchTags<TKey> tags,
    Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create,
    TaggedCodec<T> codec,
    GetOrCreateOptions options,
    TagOptions tagOptions) : IBatchCheck<TKey, Tagged<T>>
    where TKey : notnull
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly BatchJudge<TKey> _judge = new(commands, tags, tagOptions.Near, isPlain: false);

    // What was read before the last create function of each item.
    private readonly ConcurrentDictionary<TKey, (TagStamp Stamp, int[] Tags)> _stamps = new();

    // The versions are asked for together with the first read.
    private ValueTask<ulong[]> _reading;
    private ulong[]? _now;
    private bool _isReading;

    /// <summary>Gets the values.</summary>
    /// <param name="run">Gets those of some items, once.</param>
    /// <param name="cancellationToken">Ends the caller's waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<Dictionary<TKey, T>> RunAsync(Func<IReadOnlyList<TKey>, ValueTask<Dictionary<TKey, Tagged<T>>>> run, CancellationToken cancellationToken)
    {
        var result = new Dictionary<TKey, T>(tags.Items.Count);
        var left = tags.Items;
        for (var round = 0; left.Count > 0 && round < TagJudge.MaxRounds; round++)
        {
            var found = await RunOnceAsync(run, left, cancellationToken).ConfigureAwait(false);
            left = await TakeAsync(found, result, cancellationToken).ConfigureAwait(false);
        }

        if (left.Count > 0)
        {
            // Whoever meets values that are too old so often has bad luck.
            var created = await CreateAsync(left, cancellationToken).ConfigureAwait(false);
            foreach (var (item, value) in created)
            {
                result[item] = value.Value!;
            }
        }

        return result;
    }

    /// <summary>Calls the create function, and puts the versions that the tags had before to what it gives.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<IReadOnlyDictionary<TKey, Tagged<T>>> CreateAsync(IReadOnlyList<TKey> items, CancellationToken cancellationToken)
    {
        var table = new TagTable();
        var positions = new Dictionary<TKey, int[]>(items.Count);
        foreach (var item in items)
        {
            positions[item] = table.Add(tags.KeysOf(item));
        }

        var stamp = await stamps.BeginAsync(table.Keys, codec, cancellationToken).ConfigureAwait(false);

        foreach (var (item, tagsOfItem) in positions)
        {
            _stamps[item] = (stamp, tagsOfItem);
        }

        // The create function must not hold up the thread that brought the versions.
        await HandOver.Shared.SwitchAsync();
        var created = await create(items, cancellationToken).ConfigureAwait(false);
        if (created is null)
        {
            return null!;
        }

        var there = new List<TKey>(items.Count);
        var values = new List<(T Value, int[] Tags)>(items.Count);
        foreach (var (item, tagsOfItem) in positions)
        {
            if (created.TryGetValue(item, out var value))
            {
                there.Add(item);
                values.Add((value, tagsOfItem));
            }
        }

        var tagged = await stamps.EndAsync(stamp, [.. values], codec, cancellationToken).ConfigureAwait(false);
        var result = new Dictionary<TKey, Tagged<T>>(tagged.Length);
        for (var i = 0; i < tagged.Length; i++)
        {
            result[there[i]] = tagged[i];
        }

        return result;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<ReadState[]> CheckAsync(IReadOnlyList<LeaseBatch<TKey, Tagged<T>>.KeyRead> reads, CancellationToken cancellationToken)
    {
        var states = new ReadState[reads.Count];
        try
        {
            var now = _now ??= await TakeVersionsAsync(cancellationToken).ConfigureAwait(false);
            var values = new KeyValuePair<TKey, Tagged<T>>[reads.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = new KeyValuePair<TKey, Tagged<T>>(reads[i].Item, reads[i].Read.Value);
            }

            var verdicts = await _judge.JudgeAsync(values, now, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < states.Length; i++)
            {
                states[i] = StateOf(verdicts[i]);
            }
        }
        catch (MemcachedException)
        {
            Array.Fill(states, ReadState.Unknown);
        }

        return states;
    }

    // What was found to be good just now is as good as what is created now.
    public Tagged<T> Accept(Tagged<T> value) => new()
    {
        IsFound = true,
        Value = value.Value,
        IsVersioned = value.IsVersioned,
        Versions = value.Versions,
        OwnTags = value.OwnTags,
        Begun = long.MaxValue,
    };

    public bool IsStored(Tagged<T> value) => value.IsVersioned && (options.CacheNull || value.Value is not null);

    public ValueTask<CacheValue<Tagged<T>>> RenewAsync(TKey item, Tagged<T> value) =>
        _stamps.TryGetValue(item, out var made) ? stamps.RenewAsync(made.Stamp, value, made.Tags) : default;

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<CacheItem<Tagged<T>>?> CreateUnstoredAsync(TKey item, CancellationToken cancellationToken)
    {
        var created = await create([item], cancellationToken).ConfigureAwait(false) ?? throw BatchPlan<TKey, Tagged<T>>.NoDictionary();
        return created.TryGetValue(item, out var value) ? new CacheItem<Tagged<T>>(new Tagged<T> { IsFound = true, Value = value }) : null;
    }

    public bool IsSame(ValuePipeline pipeline, Tagged<T> stored, Tagged<T> created) => pipeline.AreSame(codec.Plain, stored.Value, created.Value);

    public ValueTask<bool> HoldsAsync(TKey item, Tagged<T> stored) => stamps.HoldsAsync(tags.KeysOf(item), stored);

    private static ReadState StateOf(TagVerdict verdict) => verdict switch
    {
        TagVerdict.Fresh => ReadState.Good,
        TagVerdict.Invalidated => ReadState.Stale,
        _ => ReadState.TooOld,
    };

    private ValueTask<ulong[]> TakeVersionsAsync(CancellationToken cancellationToken)
    {
        if (!_isReading)
        {
            return _judge.ReadAsync(cancellationToken);
        }

        _isReading = false;
        return _reading;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<Dictionary<TKey, Tagged<T>>> RunOnceAsync(
        Func<IReadOnlyList<TKey>, ValueTask<Dictionary<TKey, Tagged<T>>>> run, IReadOnlyList<TKey> items, CancellationToken cancellationToken)
    {
        _now = null;
        var running = Begin(run, items, cancellationToken);
        try
        {
            return await running.ConfigureAwait(false);
        }
        finally
        {
            await ForgetVersionsAsync().ConfigureAwait(false);
        }
    }

    private ValueTask<Dictionary<TKey, Tagged<T>>> Begin(
        Func<IReadOnlyList<TKey>, ValueTask<Dictionary<TKey, Tagged<T>>>> run, IReadOnlyList<TKey> items, CancellationToken cancellationToken)
    {
        var sends = SendBatch.Begin();
        try
        {
            Expect(_judge.ReadAsync(cancellationToken));
            return run(items);
        }
        finally
        {
            sends.End();
        }
    }

    private void Expect(ValueTask<ulong[]> reading)
    {
        _reading = reading;
        _isReading = true;
    }

    // Nothing was found that would have needed them.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask ForgetVersionsAsync()
    {
        if (!_isReading)
        {
            return;
        }

        _isReading = false;
        try
        {
            await _reading.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or OperationCanceledException)
        {
            // Nobody needs them.
        }
    }

    // What others have created may have been begun before this call.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<IReadOnlyList<TKey>> TakeAsync(Dictionary<TKey, Tagged<T>> found, Dictionary<TKey, T> result, CancellationToken cancellationToken)
    {
        var doubted = new List<KeyValuePair<TKey, Tagged<T>>>();
        var left = new List<TKey>();
        foreach (var (item, value) in found)
        {
            if (value.Begun > _begun)
            {
                result[item] = value.Value!;
            }
            else if (value.IsVersioned)
            {
                doubted.Add(new KeyValuePair<TKey, Tagged<T>>(item, value));
            }
            else
            {
                left.Add(item);
            }
        }

        if (doubted.Count > 0)
        {
            await JudgeAsync([.. doubted], result, left, cancellationToken).ConfigureAwait(false);
        }

        return left;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask JudgeAsync(KeyValuePair<TKey, Tagged<T>>[] doubted, Dictionary<TKey, T> result, List<TKey> left, CancellationToken cancellationToken)
    {
        TagVerdict[] verdicts;
        try
        {
            verdicts = await _judge.JudgeAsync(doubted, await _judge.ReadAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            verdicts = new TagVerdict[doubted.Length];
            Array.Fill(verdicts, TagVerdict.Removed);
        }

        for (var i = 0; i < doubted.Length; i++)
        {
            if (verdicts[i] == TagVerdict.Fresh || (verdicts[i] == TagVerdict.Invalidated && options.Stale > TimeSpan.Zero))
            {
                result[doubted[i].Key] = doubted[i].Value.Value!;
            }
            else
            {
                left.Add(doubted[i].Key);
            }
        }
    }
}
