namespace TypedCache.Tests.Near;

/// <summary>What one key of a server has been, one state after the other, by a clock that the test moves.</summary>
/// <param name="stale">For how long before its end a value is stale.</param>
internal sealed class NearStates(TimeSpan stale)
{
    private readonly List<State> _states = [new(null, DateTimeOffset.MinValue, Process: -1, DateTimeOffset.MaxValue, IsStale: false)];

    /// <summary>The newest state.</summary>
    public State Last => _states[^1];

    /// <summary>The key has changed.</summary>
    /// <param name="version">Its value; null: it is gone.</param>
    /// <param name="now">When.</param>
    /// <param name="process">Who has changed it; -1: all processes know.</param>
    /// <param name="life">How long the value lives.</param>
    /// <param name="isStale">Whether the value is stale from the beginning.</param>
    public void Add(int? version, DateTimeOffset now, int process, TimeSpan life, bool isStale = false) =>
        _states.Add(new State(version, now, process, now + life, isStale));

    /// <summary>The states in which a process may see the key that looks at what it has kept.</summary>
    /// <param name="process">Who reads.</param>
    /// <param name="now">When.</param>
    /// <param name="near">For how long it keeps values.</param>
    public List<State> Seen(int process, DateTimeOffset now, TimeSpan near)
    {
        var first = _states.Count - 1;
        while (first > 0 && _states[first].From >= now - near && _states[first].Process != process && _states[first].Process != -1)
        {
            first--;
        }

        return _states[first..];
    }

    /// <summary>Whether a value that was kept in a state may be given out still.</summary>
    /// <param name="state">The state.</param>
    /// <param name="version">The value.</param>
    /// <param name="now">When.</param>
    /// <param name="mayBeStale">Whether stale values are fine.</param>
    public bool Allows(State state, int version, DateTimeOffset now, bool mayBeStale) =>
        state.Version == version && now < state.End && (mayBeStale || (!state.IsStale && now < state.End - stale));

    /// <summary>A state.</summary>
    /// <param name="Version">The value; null: there is none.</param>
    /// <param name="From">Since when.</param>
    /// <param name="Process">Who has changed it.</param>
    /// <param name="End">When it is gone, at the latest: servers round it down.</param>
    /// <param name="IsStale">Whether it is stale from the beginning.</param>
    internal sealed record State(int? Version, DateTimeOffset From, int Process, DateTimeOffset End, bool IsStale);
}
