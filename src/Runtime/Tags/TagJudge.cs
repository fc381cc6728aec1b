using System.Runtime.CompilerServices;
using TypedCache.Transport;

namespace TypedCache.Tags;

/// <summary>Decides what the tags of a value that was read say of it.</summary>
internal sealed class TagJudge(TagCommands commands)
{
    /// <summary>
    /// How often a get-or-create operation may meet a value that is too old: whoever does so more often has bad luck, or a server that does not do
    /// what it is asked.
    /// </summary>
    public const int MaxRounds = 5;

    /// <summary>Whether the versions that were read with a value are those that it was stored with.</summary>
    /// <returns>False if more has to be asked.</returns>
    public static bool IsFresh<T>(in Tagged<T> value, in TagVersions now) =>
        value.OwnTags is null && MayBeFresh(value, now);

    /// <summary>The same, apart from the tags that are stored with the value.</summary>
    public static bool MayBeFresh<T>(in Tagged<T> value, in TagVersions now) =>
        value.IsVersioned && value.Versions is var versions && TagVersion.Compare(versions.Span, now.Span) == TagVerdict.Fresh;

    /// <summary>Compares a value's versions with those of now.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tags">The tags that the call names.</param>
    /// <param name="now">Their versions, as they were read together with the value or before.</param>
    /// <param name="near">How versions are kept in this process.</param>
    /// <param name="isPlain">Whether the call is a plain read.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<TagVerdict> JudgeAsync<T>(
        Tagged<T> value, byte[][] tags, TagVersions now, NearOptions? near, bool isPlain, CancellationToken cancellationToken)
    {
        if (!value.IsVersioned || value.Versions.Count != tags.Length)
        {
            return TagVerdict.Removed;
        }

        var own = value.OwnTags;
        if (Compare(value, now) == TagVerdict.Fresh)
        {
            var ownNow = own is null ? [] : await commands.ReadAllAsync(own.Keys, near, isPlain, cancellationToken).ConfigureAwait(false);
            if (own is null || TagVersion.Compare(own.Versions, ownNow) == TagVerdict.Fresh)
            {
                return TagVerdict.Fresh;
            }
        }

        // What was read before the value, or is kept here, may be older than the value: only what is asked from now on counts against it.
        byte[][] all = own is null ? tags : [.. tags, .. own.Keys];
        var versions = await commands.AskAllAsync(all, isPlain, cancellationToken).ConfigureAwait(false);
        for (var i = 0; near is not null && i < all.Length; i++)
        {
            if (i >= now.Count || now.Span[i] != versions[i])
            {
                commands.ForgetNear(all[i]);
            }
        }

        var named = Compare(value, versions.AsSpan(0, tags.Length));
        var ownVerdict = own is null ? TagVerdict.Fresh : TagVersion.Compare(own.Versions, versions.AsSpan(tags.Length));
        return named > ownVerdict ? named : ownVerdict;
    }

    private static TagVerdict Compare<T>(Tagged<T> value, TagVersions now) => Compare(value, now.Span);

    private static TagVerdict Compare<T>(Tagged<T> value, ReadOnlySpan<ulong> now)
    {
        var versions = value.Versions;
        return TagVersion.Compare(versions.Span, now);
    }
}
