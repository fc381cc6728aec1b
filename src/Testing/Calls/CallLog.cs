using System.Collections;
using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Testing;

/// <summary>
/// What the servers of a <see cref="TestCluster"/> were asked, in order, and expectations of it. In the patterns, <c>*</c> stands for any
/// characters: <c>shop:product:*</c>.
/// </summary>
/// <remarks>
/// Values that a pool keeps near, and callers who wait for the same create, ask no server. Enumerating, as all members, goes over a copy, so
/// that calls may come meanwhile. All members are thread-safe.
/// </remarks>
public sealed class CallLog : IReadOnlyList<RecordedCall>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private List<RecordedCall> _calls = [];

    internal CallLog()
    {
    }

    /// <summary>How many calls there were.</summary>
    public int Count => Snapshot().Length;

    /// <summary>A call by its place.</summary>
    /// <param name="index">The place, counted from 0.</param>
    public RecordedCall this[int index] => Snapshot()[index];

    /// <summary>Forgets all calls.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _calls = [];
        }
    }

    /// <inheritdoc/>
    public IEnumerator<RecordedCall> GetEnumerator() => ((IEnumerable<RecordedCall>)Snapshot()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>How many calls of a kind there were.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="keys">Their keys.</param>
    public int CountOf(CallKind kind, string keys = "*")
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Snapshot().Count(call => call.Kind == kind && KeyPattern.Fits(keys, call.Key));
    }

    /// <summary>Expects a number of reads; that nothing is found counts too.</summary>
    /// <param name="keys">Their keys.</param>
    /// <param name="times">How many.</param>
    /// <exception cref="CacheAssertException">There were more or fewer.</exception>
    public void AssertGets(string keys, int times) => Assert("get", keys, times, static call => call.Kind == CallKind.Get);

    /// <summary>Expects a number of reads that have found a value, stale ones included.</summary>
    /// <inheritdoc cref="AssertGets"/>
    public void AssertHits(string keys, int times) => Assert("hit", keys, times, static call => call is { Kind: CallKind.Get, Answer: CallAnswer.Hit });

    /// <summary>Expects a number of reads that have found no value.</summary>
    /// <inheritdoc cref="AssertGets"/>
    public void AssertMisses(string keys, int times) => Assert("miss", keys, times, static call => call is { Kind: CallKind.Get, Answer: CallAnswer.Miss });

    /// <summary>Expects a number of stores of any kind: <c>Set</c>, <c>Add</c>, <c>Replace</c>, <c>Append</c>, <c>Prepend</c>, <c>CompareAndSet</c> and <c>GetOrCreate</c>.</summary>
    /// <inheritdoc cref="AssertGets"/>
    public void AssertStores(string keys, int times) => Assert("store", keys, times, static call => RecordedCall.IsStore(call.Kind));

    /// <summary>Expects a number of deletes.</summary>
    /// <inheritdoc cref="AssertGets"/>
    public void AssertDeletes(string keys, int times) => Assert("delete", keys, times, static call => call.Kind == CallKind.Delete);

    /// <summary>Expects a number of invalidations.</summary>
    /// <inheritdoc cref="AssertGets"/>
    public void AssertInvalidations(string keys, int times) => Assert("invalidation", keys, times, static call => call.Kind == CallKind.Invalidate);

    /// <summary>Expects a number of calls of one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="times">How many.</param>
    /// <exception cref="CacheAssertException">There were more or fewer.</exception>
    public void AssertCalls(CallKind kind, string keys, int times) => Assert(kind.ToString().ToLowerInvariant(), keys, times, call => call.Kind == kind);

    /// <summary>Expects that no server was asked about keys at all.</summary>
    /// <param name="keys">The keys.</param>
    /// <exception cref="CacheAssertException">One was.</exception>
    public void AssertNone(string keys = "*") => Assert("call", keys, times: 0, static call => call.Kind != CallKind.Other);

    /// <summary>Expects calls in an order. Others may come between them.</summary>
    /// <param name="calls">A kind and keys each: <c>get shop:product:42</c>, <c>compareandset shop:product:*</c>. <c>store</c> is a store of any kind.</param>
    /// <exception cref="CacheAssertException">One of them does not follow those before it.</exception>
    /// <exception cref="ArgumentException">A text is not a kind and keys.</exception>
    public void AssertOrder(params string[] calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var expected = Array.ConvertAll(calls, ExpectedCall.Read);
        var snapshot = Snapshot();
        var found = new List<int>();
        for (var at = 0; at < snapshot.Length && found.Count < expected.Length; at++)
        {
            if (expected[found.Count].Fits(snapshot[at]))
            {
                found.Add(at);
            }
        }

        if (found.Count < expected.Length)
        {
            var behind = found.Count == 0 ? "" : $" behind '{calls[found.Count - 1]}'";
            throw new CacheAssertException(CallReport.Write(
                $"Expected in this order: {string.Join(", ", calls)}.\nThere is no '{calls[found.Count]}'{behind}.", snapshot, found.Contains));
        }
    }

    /// <summary>
    /// Waits until a number of calls have come: for what happens in the background, such as the refresh of a stale value. The cluster's clock
    /// stands still meanwhile.
    /// </summary>
    /// <param name="kind">Their kind; <see cref="CallKind.Set"/> stands for stores of any kind, since <c>GetOrCreate</c> compares and sets.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="times">How many, those that have come already included.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="CacheAssertException">They have not come within 30 seconds.</exception>
    public async Task WaitForAsync(CallKind kind, string keys, int times = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        bool Counts(RecordedCall call) => KeyPattern.Fits(keys, call.Key) && (call.Kind == kind || (kind == CallKind.Set && RecordedCall.IsStore(call.Kind)));
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(1, cancellationToken).ConfigureAwait(false))
        {
            var snapshot = Snapshot();
            var there = snapshot.Count(Counts);
            if (there >= times)
            {
                return;
            }

            if (waited.Elapsed > Patience)
            {
                var what = Times(times, kind == CallKind.Set ? "store" : kind.ToString().ToLowerInvariant());
                throw new CacheAssertException(CallReport.Write(
                    $"Waited for {what} of '{keys}'; within {Patience.TotalSeconds:0} seconds there were {Number(there)}.", snapshot, at => Counts(snapshot[at])));
            }
        }
    }

    /// <summary>All calls, as in the messages of failed expectations.</summary>
    public override string ToString() => CallReport.Write("", Snapshot(), static _ => false);

    internal void Add(RecordedCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
        }
    }

    internal RecordedCall[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _calls];
        }
    }

    private void Assert(string what, string keys, int times, Func<RecordedCall, bool> fits)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        var snapshot = Snapshot();
        bool Counts(RecordedCall call) => fits(call) && KeyPattern.Fits(keys, call.Key);
        var there = snapshot.Count(Counts);
        if (there != times)
        {
            throw new CacheAssertException(CallReport.Write(
                $"Expected {Times(times, what)} of '{keys}', but there {(there == 1 ? "was" : "were")} {Number(there)}.", snapshot, at => Counts(snapshot[at])));
        }
    }

    private static string Number(int count) => count == 0 ? "none" : count.ToString(CultureInfo.InvariantCulture);

    private static string Times(int times, string what) =>
        times == 1 ? $"1 {what}" : $"{(times == 0 ? "no" : Number(times))} {what}{(what.EndsWith('s') ? "es" : "s")}";
}
