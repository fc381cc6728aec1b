namespace TypedCache.Pool.Moves;

/// <summary>
/// The lists of servers that a pool has used, uses and will use, and which of them counts for what at a time. Its owner guards it, and
/// tells it the time, as it has run since any moment.
/// </summary>
/// <param name="first">The servers at first.</param>
internal sealed class Topologies(OperationRouter first)
{
    /// <summary>How often it is looked whether a warm move still finds anything.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    private readonly List<Coming> _coming = [];
    private readonly List<Former> _former = [];
    private OperationRouter _current = first;

    /// <summary>The servers that were asked for last.</summary>
    public OperationRouter Newest => _coming.Count > 0 ? _coming[^1].Router : _current;

    /// <summary>How far the move is.</summary>
    public ServerMovePhase Phase { get; private set; }

    /// <summary>When <see cref="Advance"/> has something to do; null: never.</summary>
    public TimeSpan? NextStep { get; private set; }

    /// <summary>All servers that calls may be sent to.</summary>
    public List<MemcachedServer> Servers
    {
        get
        {
            var servers = new List<MemcachedServer>(_current.All);
            _coming.ForEach(coming => Add(servers, coming.Router));
            _former.ForEach(former =>
            {
                if (!former.IsClosed)
                {
                    Add(servers, former.Router);
                }
            });
            return servers;
        }
    }

    /// <summary>Takes another list of servers.</summary>
    /// <param name="next">The servers.</param>
    /// <param name="options">How the pool goes there.</param>
    /// <param name="now">The time.</param>
    /// <returns>Ends when nothing is read on the servers before any more.</returns>
    public Task Change(OperationRouter next, ServerChangeOptions options, TimeSpan now)
    {
        var coming = new Coming(next, options, now + (options.IsWarm ? options.Prepare : TimeSpan.Zero));
        if (!options.IsWarm)
        {
            // At once: what was on its way has been read by nobody here.
            _coming.ForEach(static dropped => dropped.Moved.TrySetResult());
            _coming.Clear();
        }

        _coming.Add(coming);
        Advance(now);
        return coming.Moved.Task;
    }

    /// <summary>Goes on to what counts now.</summary>
    /// <param name="now">The time.</param>
    public void Advance(TimeSpan now)
    {
        while (_coming.Count > 0 && _coming[0].Begins <= now)
        {
            Begin(_coming[0]);
            _coming.RemoveAt(0);
        }

        _former.ForEach(former => former.Look(now));
        _former.RemoveAll(former => former.IsOver(now));
        Phase = FindPhase();
        NextStep = FindNextStep(now);
    }

    /// <summary>What calls that begin now are sent with.</summary>
    /// <param name="routers">Makes it.</param>
    public OperationRouter Compose(RouterFactory routers)
    {
        if (Phase == ServerMovePhase.None)
        {
            return _current;
        }

        var source = _former.Count > 0 && _former[^1].IsSource ? _former[^1] : null;
        return routers.Create(_current.Version, _current.Servers, _current.Strategy, Newest.Spares, new KeyMoves
        {
            Former = ToArray(_former, static former => former.Router),
            Next = ToArray(_coming, static coming => coming.Router),
            Source = source?.Router,
            IsOrdered = Phase != ServerMovePhase.CleanUp,
            Patience = routers.MaxFailoverAttempts > 0 ? TimeSpan.Zero : LongestPrepare(),
            Counts = source?.Counts ?? new MoveCounts(),
        });
    }

    /// <summary>Lets those who wait for a move go on: the pool ends.</summary>
    public void End()
    {
        _coming.ForEach(static coming => coming.Moved.TrySetResult());
        _former.ForEach(static former => former.Moved.TrySetResult());
    }

    private static OperationRouter[] ToArray<T>(List<T> list, Func<T, OperationRouter> router)
    {
        var routers = new OperationRouter[list.Count];
        for (var i = 0; i < routers.Length; i++)
        {
            routers[i] = router(list[i]);
        }

        return routers;
    }

    private static void Add(List<MemcachedServer> servers, OperationRouter router)
    {
        foreach (var server in router.All)
        {
            if (!servers.Contains(server))
            {
                servers.Add(server);
            }
        }
    }

    private TimeSpan LongestPrepare()
    {
        var longest = TimeSpan.Zero;
        _coming.ForEach(coming => longest = longest > coming.Options.Prepare ? longest : coming.Options.Prepare);
        _former.ForEach(former => longest = longest > former.Prepare ? longest : former.Prepare);
        return longest;
    }

    // Only the servers that were used last are a source: what is further back has had its time.
    private void Begin(Coming coming)
    {
        _former.ForEach(former => former.EndSource(coming.Begins));
        _former.Add(new Former(_current, coming));
        _current = coming.Router;
    }

    private ServerMovePhase FindPhase()
    {
        if (_former.Exists(static former => former.IsSource))
        {
            return ServerMovePhase.WarmUp;
        }

        return _coming.Count > 0 ? ServerMovePhase.Prepare
            : _former.Exists(static former => !former.IsClosed) ? ServerMovePhase.Closing
            : _former.Count > 0 ? ServerMovePhase.CleanUp
            : ServerMovePhase.None;
    }

    private TimeSpan? FindNextStep(TimeSpan now)
    {
        TimeSpan? next = _coming.Count > 0 ? _coming[0].Begins : null;
        foreach (var former in _former)
        {
            var step = former.NextStep(now);
            next = next < step ? next : step;
        }

        return next;
    }

    /// <summary>Servers that will be used.</summary>
    private sealed record Coming(OperationRouter Router, ServerChangeOptions Options, TimeSpan Begins)
    {
        public TaskCompletionSource Moved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Servers that have been used.</summary>
    private sealed class Former(OperationRouter router, Coming successor)
    {
        private readonly TimeSpan _closed = successor.Begins + successor.Options.WarmUp + (successor.Options.IsWarm ? successor.Options.Prepare : TimeSpan.Zero);
        private readonly TimeSpan _earliestEnd = successor.Begins + successor.Options.Prepare;
        private TimeSpan _sourceEnds = successor.Begins + successor.Options.WarmUp;
        private TimeSpan _nextLook = successor.Begins + LookInterval;

        public OperationRouter Router => router;

        public TimeSpan Prepare => successor.Options.Prepare;

        public MoveCounts Counts { get; } = new();

        public TaskCompletionSource Moved => successor.Moved;

        /// <summary>Whether keys are looked for there.</summary>
        public bool IsSource { get; private set; } = successor.Options.IsWarm;

        /// <summary>Whether no process looks for keys there.</summary>
        public bool IsClosed { get; private set; }

        private TimeSpan Forgotten => _closed + successor.Options.CleanUpTime;

        public void EndSource(TimeSpan now) => _sourceEnds = _sourceEnds < now ? _sourceEnds : now;

        /// <summary>Sees what the time has ended.</summary>
        public void Look(TimeSpan now)
        {
            if (IsSource && now >= _nextLook)
            {
                _nextLook = now + LookInterval;

                // The others may still be about to begin.
                if (Counts.TakeIsOver() && now >= _earliestEnd)
                {
                    EndSource(now);
                }
            }

            IsSource &= now < _sourceEnds;
            IsClosed |= now >= _closed;
            if (IsClosed)
            {
                Moved.TrySetResult();
            }
        }

        public bool IsOver(TimeSpan now) => now >= Forgotten;

        public TimeSpan NextStep(TimeSpan now) => !IsSource ? (IsClosed ? Forgotten : _closed)
            : _nextLook < _sourceEnds ? _nextLook
            : _sourceEnds;
    }
}
