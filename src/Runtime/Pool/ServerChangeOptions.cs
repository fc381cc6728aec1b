namespace TypedCache;

/// <summary>
/// How a pool goes from one list of servers to another (<see cref="MemcachedPoolOptions.ServerChanges"/>). By default at once: keys that
/// belong to another server then are missing there. With <see cref="WarmUp"/> their values move when they are read.
/// </summary>
/// <remarks>
/// <para>
/// A warm move has phases (<see cref="MemcachedPool.MovePhase"/>). They are safe if all processes of the cluster take the same times, and
/// hear of the change within <see cref="Prepare"/> of each other: then nobody reads a value that is older than a delete or a set
/// that has ended. <c>docs/cluster.md</c> says what each phase does.
/// </para>
/// <para>Values move between servers that know the meta commands (memcached 1.6.12 or later).</para>
/// </remarks>
public sealed record ServerChangeOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// For how long a key that is missing on its new server is looked for on the one that it had before; at most a day. Default: 0, values do
    /// not move. It ends earlier when fewer than 1 % of those reads find anything.
    /// </summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>
    /// For how long, before that, the former servers go on to be read and written, so that every process has heard of the change when the
    /// first one leaves them; at most a day. More than twice the time in which processes look for changes. Default: 2 minutes. 0 where this
    /// process is the only one.
    /// </summary>
    public TimeSpan Prepare { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// For how long, after the move, writes go on to remove a key from its former server, if that is still one of the pool's: a change back
    /// brings no old value back then. At most a day. Default: null, a day after a warm move, and not at all after another.
    /// </summary>
    public TimeSpan? CleanUp { get; init; }

    /// <summary>For how long writes remove keys from their former servers.</summary>
    internal TimeSpan CleanUpTime => CleanUp ?? (WarmUp > TimeSpan.Zero ? Longest : TimeSpan.Zero);

    /// <summary>Whether values move.</summary>
    internal bool IsWarm => WarmUp > TimeSpan.Zero;

    /// <param name="zone">The pool's own zone, if its servers are in zones.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not valid.</exception>
    /// <exception cref="ArgumentException">Values of zones cannot be moved.</exception>
    internal void Validate(string? zone)
    {
        if (IsWarm && zone is not null)
        {
            throw new ArgumentException(
                $"{nameof(ServerChangeOptions)}.{nameof(WarmUp)} is {WarmUp}, and the pool's servers are in zones, whose values do not move. Leave it out, or the zones.");
        }

        Check(WarmUp, nameof(WarmUp));
        Check(Prepare, nameof(Prepare));
        Check(CleanUpTime, nameof(CleanUp));
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero || time > Longest)
        {
            throw new ArgumentOutOfRangeException(name, time, $"{nameof(ServerChangeOptions)}.{name} is {time}. Take a time from 0 to a day.");
        }
    }
}
