using System.Runtime.CompilerServices;
using TypedCache.Pool.Operations;

namespace TypedCache.Tests.Pool;

/// <summary>Each test has a type of its own, whose objects nobody else uses.</summary>
public sealed class OperationPoolTests
{
    [Fact]
    public void A_thread_gets_its_objects_back()
    {
        var first = OperationPool<First>.Rent();
        OperationPool<First>.Return(first);

        Assert.Same(first, OperationPool<First>.Rent());
    }

    [Fact]
    public void What_one_thread_gives_others_take()
    {
        var given = Enumerable.Range(0, 200).Select(_ => OperationPool<Second>.Rent()).ToHashSet();
        foreach (var one in given)
        {
            OperationPool<Second>.Return(one);
        }

        var taken = new HashSet<Second>();
        OnThread(() => taken = [.. Enumerable.Range(0, 200).Select(_ => OperationPool<Second>.Rent())]);

        Assert.Equal(200, taken.Count);
        Assert.InRange(given.Intersect(taken).Count(), 200 - OperationPool<Second>.KeptPerThread, 200);
    }

    [Fact]
    public void A_burst_is_given_up_by_and_by()
    {
        var burst = RentAndReturn(50_000);

        Assert.InRange(Alive(burst), 1, OperationStock.MaxCount + OperationPool<Third>.KeptPerThread);

        // The first collection finds what the burst has needed, the second one what nobody has needed since.
        for (var i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(Alive(burst), 0, OperationPool<Third>.KeptPerThread);
    }

    [Fact]
    public async Task Objects_are_rented_once_at_a_time_whatever_the_threads_do()
    {
        var twice = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            var rented = new Stack<Fourth>();
            for (var i = 0; i < 20_000; i++)
            {
                if (random.Next(100) < 52)
                {
                    var one = OperationPool<Fourth>.Rent();
                    Interlocked.Add(ref twice, Interlocked.Increment(ref one.Users) - 1);
                    rented.Push(one);
                }
                else if (rented.TryPop(out var one))
                {
                    Interlocked.Decrement(ref one.Users);
                    OperationPool<Fourth>.Return(one);
                }
            }
        })));

        Assert.Equal(0, twice);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] RentAndReturn(int count)
    {
        var rented = Enumerable.Range(0, count).Select(_ => OperationPool<Third>.Rent()).ToArray();
        Array.ForEach(rented, OperationPool<Third>.Return);
        return Array.ConvertAll(rented, one => new WeakReference(one));
    }

    private static int Alive(WeakReference[] references)
    {
        GC.Collect();
        return references.Count(reference => reference.IsAlive);
    }

    private static void OnThread(Action run)
    {
        var thread = new Thread(() => run());
        thread.Start();
        thread.Join();
    }

    private sealed class First : IPooled<First>
    {
        public static First Create() => new();
    }

    private sealed class Second : IPooled<Second>
    {
        public static Second Create() => new();
    }

    private sealed class Third : IPooled<Third>
    {
        public static Third Create() => new();
    }

    private sealed class Fourth : IPooled<Fourth>
    {
        public int Users;

        public static Fourth Create() => new();
    }
}
