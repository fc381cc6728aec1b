using System.Runtime.CompilerServices;
using TypedCache.Pool.Moves;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>What belongs to a write besides what it does at the server of its key: copies, steps at other servers, and other zones.</summary>
internal sealed class WriteCompanions
{
    private readonly List<ValueTask>? _copies;
    private readonly MovedWrite? _moved;
    private readonly ZoneWrite? _zones;

    /// <summary>The copies of a write that has been sent.</summary>
    public WriteCompanions(List<ValueTask> copies) => _copies = copies;

    /// <summary>The steps of a write that is sent between them.</summary>
    public WriteCompanions(MovedWrite moved) => _moved = moved;

    /// <summary>What follows a write in other zones.</summary>
    public WriteCompanions(ZoneWrite zones) => _zones = zones;

    /// <summary>The copies of a write, if there are any.</summary>
    public static WriteCompanions? Of(List<ValueTask>? copies) => copies is null ? null : new WriteCompanions(copies);

    /// <summary>Waits for a write and what belongs to it.</summary>
    /// <remarks>A copy that cannot be written is one copy fewer: the key's own server decides what the caller is told.</remarks>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<T> AwaitAsync<T>(ValueTask<T> own)
    {
        if (_zones is not null)
        {
            return await _zones.FinishAsync(own).ConfigureAwait(false);
        }

        var copies = _moved is null ? _copies : await _moved.BeginAsync().ConfigureAwait(false);
        T result;
        try
        {
            result = await own.ConfigureAwait(false);
        }
        finally
        {
            await Redundancy.IgnoreFailuresAsync(copies).ConfigureAwait(false);
        }

        if (_moved is not null)
        {
            await _moved.EndAsync().ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>Waits for a removal and what belongs to it.</summary>
    /// <returns>Whether there was a value, at any of the key's servers.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<bool> AwaitRemovalAsync(ValueTask<bool> own) =>
        await AwaitAsync(own).ConfigureAwait(false) || _moved is { HasRemoved: true };
}
