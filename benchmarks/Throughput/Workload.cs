using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>The same work for every contender: which keys, which values, how many callers.</summary>
internal static class Workload
{
    /// <summary>How many different keys of a size there are.</summary>
    public const int Keys = 1000;

    /// <summary>How many keys a multi-get asks for.</summary>
    public const int BatchSize = 100;

    /// <summary>The value of a size; printable, so that it can stand in a text protocol.</summary>
    public static byte[] Value(int size)
    {
        var value = new byte[size];
        Array.Fill(value, (byte)'v');
        return value;
    }

    /// <summary>Lets a number of callers share the operations, one operation at a time each.</summary>
    public static Task RunAsync(int callers, long operations, Func<int, long, Task> callerAsync) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => callerAsync(caller, operations / callers))));

    public static async Task GetAsync(IBenchmarkCache cache, int size, int caller, long operations)
    {
        for (long i = 0; i < operations; i++)
        {
            var value = await cache.GetAsync(size, (int)((caller + i) % Keys));
            Check(value?.Length ?? -1, size);
        }
    }

    /// <summary>
    /// The same with keys at random, each caller having its own. Callers who go through the keys in order meet at a slow server and then
    /// walk from server to server together.
    /// </summary>
    public static async Task GetAtRandomAsync(IBenchmarkCache cache, int size, int caller, long operations)
    {
        var random = new Random(caller);
        for (long i = 0; i < operations; i++)
        {
            var value = await cache.GetAsync(size, random.Next(Keys));
            Check(value?.Length ?? -1, size);
        }
    }

    /// <summary>With a hand-over to the thread pool after each call: what a client costs which does not continue its callers itself.</summary>
    public static async Task GetAndHopAsync(IBenchmarkCache cache, int size, int caller, long operations)
    {
        for (long i = 0; i < operations; i++)
        {
            var value = await cache.GetAsync(size, (int)((caller + i) % Keys));
            await Task.Yield();
            Check(value?.Length ?? -1, size);
        }
    }

    public static async Task SetAsync(IBenchmarkCache cache, int size, int caller, long operations)
    {
        var value = Value(size);
        for (long i = 0; i < operations; i++)
        {
            await cache.SetAsync(size, (int)((caller + i) % Keys), value);
        }
    }

    public static async Task GetManyAsync(IBenchmarkCache cache, int size, int caller, long operations)
    {
        var ids = BatchIds(caller);
        for (long i = 0; i < operations; i++)
        {
            var values = await cache.GetManyAsync(size, ids);
            Check(values.Count, BatchSize);
        }
    }

    /// <summary>The raw counterpart of <see cref="GetManyAsync"/>: one thread and one blocking socket per caller.</summary>
    public static Task RawBatch(int port, int size, int caller, long operations)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        var keys = BatchIds(caller).Select(id => $"bench:{size}:{id}").ToArray();
        var request = Encoding.ASCII.GetBytes($"get {string.Join(' ', keys)}\r\n");
        var text = Encoding.ASCII.GetString(Value(size));
        var reply = Encoding.ASCII.GetBytes(string.Concat(keys.Select(key => $"VALUE {key} 0 {size}\r\n{text}\r\n")) + "END\r\n");
        var received = new byte[reply.Length];
        for (long i = 0; i < operations; i++)
        {
            socket.Send(request);
            for (var held = 0; held < reply.Length;)
            {
                held += socket.Receive(received, held, reply.Length - held, SocketFlags.None);
            }

            Check(received.AsSpan().SequenceEqual(reply) ? 1 : 0, 1);
        }

        return Task.CompletedTask;
    }

    /// <summary>The keys which a caller asks for together.</summary>
    public static int[] BatchIds(int caller, int count = BatchSize) => [.. Enumerable.Range(0, count).Select(i => ((caller * 37) + (i * 7)) % Keys)];

    /// <summary>Ends the run where a reply is not what it has to be.</summary>
    public static void Check(int actual, int expected)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"A reply was {actual} instead of {expected}.");
        }
    }
}
