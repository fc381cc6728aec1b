using System.Runtime.CompilerServices;
using TypedCache.Transport;

namespace TypedCache.Tags;

/// <summary>Decides what the tags of many values say of them, with few rounds of requests: as <see cref="TagJudge"/> does for one.</summary>
internal sealed class BatchJudge<TItem>(TagCommands commands, BatchTags<TItem> tags, NearOptions? near, bool isPlain)
    where TItem : notnull
{
    /// <summary>Reads the versions of all tags of the batch.</summary>
    public ValueTask<ulong[]> ReadAsync(CancellationToken cancellationToken) => commands.ReadAllAsync(tags.Keys, near, isPlain, cancellationToken);

    /// <summary>Compares the versions of values with those of now.</summary>
    /// <param name="values">The values, by item.</param>
    /// <param name="now">The versions of all tags of the batch, as they were read together with the values or before.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The verdicts, in the order of the values.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<TagVerdict[]> JudgeAsync<T>(KeyValuePair<TItem, Tagged<T>>[] values, ulong[] now, CancellationToken cancellationToken)
    {
        var known = Known(tags.Keys, now);
        var own = new TagTable();
        foreach (var (_, value) in values)
        {
            own.Add(value.OwnTags?.Keys ?? []);
        }

        var ownKeys = own.Keys;
        Add(known, ownKeys, await commands.ReadAllAsync(ownKeys, near, isPlain, cancellationToken).ConfigureAwait(false));
        var verdicts = Array.ConvertAll(values, value => Judge(value, known));
        if (Array.TrueForAll(verdicts, static verdict => verdict == TagVerdict.Fresh))
        {
            return verdicts;
        }

        // What was read before a value, or is kept here, may be older than it: only what is asked from now on counts against it.
        var doubted = new TagTable();
        for (var i = 0; i < values.Length; i++)
        {
            if (verdicts[i] != TagVerdict.Fresh)
            {
                doubted.Add(tags.KeysOf(values[i].Key));
                doubted.Add(values[i].Value.OwnTags?.Keys ?? []);
            }
        }

        var keys = doubted.Keys;
        var certain = Known(keys, await commands.AskAllAsync(keys, isPlain, cancellationToken).ConfigureAwait(false));
        foreach (var key in keys)
        {
            if (near is not null && certain[key] != known[key])
            {
                commands.ForgetNear(key);
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            verdicts[i] = verdicts[i] == TagVerdict.Fresh ? TagVerdict.Fresh : Judge(values[i], certain);
        }

        return verdicts;
    }

    private static Dictionary<byte[], ulong> Known(byte[][] keys, ulong[] versions)
    {
        var known = new Dictionary<byte[], ulong>(Keys.KeyComparer.Instance);
        Add(known, keys, versions);
        return known;
    }

    private static void Add(Dictionary<byte[], ulong> known, byte[][] keys, ulong[] versions)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            known[keys[i]] = versions[i];
        }
    }

    private TagVerdict Judge<T>(KeyValuePair<TItem, Tagged<T>> value, Dictionary<byte[], ulong> known)
    {
        if (!value.Value.IsVersioned)
        {
            return TagVerdict.Removed;
        }

        var versions = value.Value.Versions;
        var named = TagVersion.Compare(versions.Span, Array.ConvertAll(tags.KeysOf(value.Key), key => known[key]));
        var own = value.Value.OwnTags is { } tagged ? TagVersion.Compare(tagged.Versions, Array.ConvertAll(tagged.Keys, key => known[key])) : TagVerdict.Fresh;
        return named > own ? named : own;
    }
}
