using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TypedCache.Transport;

namespace TypedCache.Tags;

/// <summary>The reads of the versions of the tags that a call names, which go out together; without an allocation.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct VersionReads
{
    private Slots _slots;
    private int _count;

    /// <summary>Begins to read.</summary>
    /// <param name="commands">Reads versions.</param>
    /// <param name="tags">The keys.</param>
    /// <param name="options">How versions are kept in this process.</param>
    /// <param name="isPlain">Whether the call is a plain read.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static VersionReads Begin(TagCommands commands, in TagKeys tags, NearOptions? options, bool isPlain, CancellationToken cancellationToken)
    {
        var reads = default(VersionReads);
        for (var i = 0; i < tags.Count; i++)
        {
            reads.Add(commands.Read(tags[i], options, isPlain, cancellationToken));
        }

        return reads;
    }

    /// <inheritdoc cref="Begin(TagCommands, in TagKeys, NearOptions?, bool, CancellationToken)"/>
    public static VersionReads Begin(TagCommands commands, byte[][] tags, NearOptions? options, bool isPlain, CancellationToken cancellationToken)
    {
        var reads = default(VersionReads);
        foreach (var tag in tags)
        {
            reads.Add(commands.Read(tag, options, isPlain, cancellationToken));
        }

        return reads;
    }

    /// <summary>Takes the versions if all of them are there already.</summary>
    public bool TryTake(out TagVersions versions)
    {
        versions = default;
        for (var i = 0; i < _count; i++)
        {
            if (!_slots[i].IsCompletedSuccessfully)
            {
                return false;
            }
        }

        for (var i = 0; i < _count; i++)
        {
            // Completed: this waits for nothing.
            var version = _slots[i].GetAwaiter().GetResult();
            versions.Add(version);
            _slots[i] = new ValueTask<ulong>(version);
        }

        return true;
    }

    /// <summary>Waits for all of them, also when one fails.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public static async ValueTask<TagVersions> AwaitAsync(VersionReads reads)
    {
        var versions = default(TagVersions);
        ExceptionDispatchInfo? failure = null;
        for (var i = 0; i < reads._count; i++)
        {
            try
            {
                versions.Add(await reads._slots[i].ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
        return versions;
    }

    /// <summary>Waits for any number of them, also when one fails.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public static async ValueTask<ulong[]> AwaitAllAsync(ValueTask<ulong>[] reads)
    {
        var versions = new ulong[reads.Length];
        ExceptionDispatchInfo? failure = null;
        for (var i = 0; i < reads.Length; i++)
        {
            try
            {
                versions[i] = await reads[i].ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
        return versions;
    }

    private void Add(ValueTask<ulong> read) => _slots[_count++] = read;

    [InlineArray(TagVersions.MaxCount)]
    private struct Slots
    {
        private ValueTask<ulong> _first;
    }
}
