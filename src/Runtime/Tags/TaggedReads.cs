using System.Runtime.CompilerServices;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Tags;

/// <summary>Plain reads of values with tags, once they have to wait.</summary>
internal sealed class TaggedReads(TagJudge judge)
{
    /// <summary>Waits for a value and the versions of its tags, and gives the value out if they match.</summary>
    /// <param name="reading">Reads the value.</param>
    /// <param name="versions">Read the versions.</param>
    /// <param name="tags">The tags that the call names.</param>
    /// <param name="options">How the tags are looked at.</param>
    /// <param name="record">The caller's call.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<T?> FinishAsync<T>(
        ValueTask<Tagged<T>> reading, VersionReads versions, byte[][] tags, TagOptions options, CallRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var (value, now) = await TagCommands.BothAsync(reading, VersionReads.AwaitAsync(versions)).ConfigureAwait(false);
            var verdict = await JudgeAsync(value, tags, now, options, cancellationToken).ConfigureAwait(false);
            record.End(ResultOf(verdict, options), server: null);
            return IsGivenOut(verdict, options) ? value.Value : default;
        }
        catch (Exception exception) when (record.Fail(exception, server: null))
        {
            throw;
        }
    }

    /// <inheritdoc cref="FinishAsync{T}"/>
    /// <remarks>With the CAS number.</remarks>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<CacheValue<T>> FinishWithCasAsync<T>(
        ValueTask<CacheValue<Tagged<T>>> reading, VersionReads versions, byte[][] tags, TagOptions options, CallRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var (value, now) = await TagCommands.BothAsync(reading, VersionReads.AwaitAsync(versions)).ConfigureAwait(false);
            var verdict = value.Found ? await JudgeAsync(value.Value, tags, now, options, cancellationToken).ConfigureAwait(false) : TagVerdict.Removed;
            record.End(ResultOf(verdict, options), server: null);
            return IsGivenOut(verdict, options) ? new CacheValue<T>(value.Value.Value!, value.Cas) : CacheValue<T>.Miss;
        }
        catch (Exception exception) when (record.Fail(exception, server: null))
        {
            throw;
        }
    }

    /// <summary>Whether a plain read gives a value out.</summary>
    public static bool IsGivenOut(TagVerdict verdict, TagOptions options) =>
        verdict == TagVerdict.Fresh || (verdict == TagVerdict.Invalidated && options.ServesInvalidated);

    private static CallResult ResultOf(TagVerdict verdict, TagOptions options) =>
        !IsGivenOut(verdict, options) ? CallResult.Miss
        : verdict == TagVerdict.Fresh ? CallResult.Hit
        : CallResult.Stale;

    private ValueTask<TagVerdict> JudgeAsync<T>(Tagged<T> value, byte[][] tags, TagVersions now, TagOptions options, CancellationToken cancellationToken) =>
        judge.JudgeAsync(value, tags, now, options.Near, isPlain: true, cancellationToken);
}
