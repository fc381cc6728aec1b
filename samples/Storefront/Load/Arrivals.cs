using System.Diagnostics;

namespace Storefront.Load;

/// <summary>
/// When visitors come: at random, a number of them per second, whether or not the shop keeps up (an open loop, as a Poisson process). Nobody waits
/// for anybody else's answer.
/// </summary>
/// <param name="rate">How many come per second.</param>
/// <param name="random">Decides when.</param>
internal sealed class Arrivals(int rate, Random random)
{
    // A thread that sleeps for a millisecond wakes that late by itself. What is later is not the sleep's fault, and counts as waiting.
    private static readonly TimeSpan Oversleeping = TimeSpan.FromMilliseconds(2);

    private double _next = double.NaN;

    /// <summary>When those came who have come since the last call, as <see cref="Stopwatch"/> counts.</summary>
    public IEnumerable<long> Take()
    {
        var now = Stopwatch.GetTimestamp();
        if (double.IsNaN(_next))
        {
            _next = now;
        }

        for (; _next <= now; _next -= Math.Log(1 - random.NextDouble()) / rate * Stopwatch.Frequency)
        {
            var due = (long)_next;
            yield return Stopwatch.GetElapsedTime(due, now) < Oversleeping ? now : due;
        }
    }
}
