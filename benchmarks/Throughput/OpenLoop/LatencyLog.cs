using System.Diagnostics;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>
/// When each request was to start, and how long after that it was answered. What starts late because an earlier request was slow counts
/// from the time at which it was to start, so that no delay is left out.
/// </summary>
internal sealed class LatencyLog
{
    private readonly long[] _latencies;
    private readonly double _interval;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _begin;
    private int _open;
    private int _failed;

    public LatencyLog(int rate, int operations)
    {
        _latencies = new long[operations];
        _interval = (double)Stopwatch.Frequency / rate;
        _open = operations;
    }

    public int Operations => _latencies.Length;

    /// <summary>Done when each request has been answered.</summary>
    public Task Answered => _answered.Task;

    /// <summary>How many requests have no answer yet.</summary>
    public int Open => _open;

    /// <summary>How many requests ended without their value.</summary>
    public int Failed => _failed;

    /// <summary>Why the first of them did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Answers per second, from the first intended start to the last answer.</summary>
    public double Reached { get; private set; }

    /// <summary>Begins now.</summary>
    public void Begin() => _begin = Stopwatch.GetTimestamp();

    /// <summary>How many requests are to have been started by now.</summary>
    public int Due() => (int)Math.Min(((Stopwatch.GetTimestamp() - _begin) / _interval) + 1, Operations);

    public void Complete(int operation)
    {
        var now = Stopwatch.GetTimestamp();
        _latencies[operation] = now - _begin - (long)(operation * _interval);
        if (Interlocked.Decrement(ref _open) == 0)
        {
            Reached = Operations / Stopwatch.GetElapsedTime(_begin, now).TotalSeconds;
            _answered.SetResult();
        }
    }

    public void Fail(int operation, Exception exception)
    {
        if (Interlocked.Increment(ref _failed) == 1)
        {
            Failure = exception;
        }

        Complete(operation);
    }

    /// <summary>Microseconds, in ascending order.</summary>
    public double[] Sorted() => [.. _latencies.Select(ticks => ticks * 1e6 / Stopwatch.Frequency).Order()];
}
