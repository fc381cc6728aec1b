using System.Globalization;
using System.Text;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Tests.Near;

namespace TypedCache.Integration.Tests.Near;

/// <summary>Pools that share two real servers with little memory, as processes do, and what happens to them.</summary>
internal sealed class NearFleet : IDisposable
{
    public const int Callers = 6;
    private const int Members = 4;
    private const int SmallNearBytes = 40_000;

    private readonly MemcachedProcess[] _servers = [MemcachedProcess.Start("-m", "2"), MemcachedProcess.Start("-m", "2")];
    private int _events;

    public NearFleet(Action<MemcachedPoolOptions> configure) => All = [.. Enumerable.Range(0, Members).Select(number => Join(number, configure))];

    public NearMember[] All { get; }

    public int Restarts { get; private set; }

    public int Flushes { get; private set; }

    public int Topologies { get; private set; }

    /// <summary>Something happens to a server, or to what a process keeps, while callers read and write.</summary>
    public async Task DisturbAsync(NearTruth truth)
    {
        var member = All[_events % All.Length];
        switch (_events++ % 4)
        {
            case 0:
                await RestartAsync(truth, _servers[_events / 4 % 2]);
                break;
            case 1:
                member.Pool.ClearNear();
                break;
            case 2:
                // In the midst of writes.
                _servers[_events / 4 % 2].Restart();
                Restarts++;
                break;
            default:
                await FlushAsync(truth, member);
                break;
        }
    }

    /// <summary>Changes the servers of all processes while nobody reads or writes; what was read before is never given out after it.</summary>
    public async Task ChangeServersAsync(NearTruth truth)
    {
        await SettleAsync();
        Topologies++;
        await truth.WriteAllAsync(
            async () =>
            {
                var servers = _servers[..(Topologies % 2 == 0 ? 2 : 1)].Select(static server => new MemcachedServerOptions("127.0.0.1", server.Port)).ToArray();
                foreach (var member in All)
                {
                    await member.Pool.UpdateServersAsync(servers);
                }

                Array.ForEach(_servers, Flush);
            },
            static _ => true,
            static _ => true);
    }

    /// <summary>Waits until all servers answer, and nobody creates anything.</summary>
    public async Task SettleAsync()
    {
        foreach (var member in All)
        {
            await FaultPool.UntilAnsweringAsync(member.Pool);
            await FaultPool.UntilAsync(() => member.Pool.WaitingForCreation == 0, "the end of all creations");
        }
    }

    /// <summary>How many items the servers have removed for want of room since they were started.</summary>
    public async Task<long> EvictionsAsync()
    {
        var replies = await All[0].Pool.GetStatsAsync();
        return replies.Sum(static reply => long.Parse(reply.Value!["evictions"], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        Array.ForEach(All, static member => member.Pool.Dispose());
        Array.ForEach(_servers, static server => server.Dispose());
    }

    // Where no key goes to a neighbour, processes agree on where keys are while a server is away.
    private NearMember Join(int number, Action<MemcachedPoolOptions> configure)
    {
        var pool = FaultPool.Connect(_servers.Select(static server => server.Port), options =>
        {
            options.AllowFailover = false;
            options.RetryInterval = TimeSpan.FromMilliseconds(100);
            options.MaxNearBytes = number == 1 ? SmallNearBytes : options.MaxNearBytes;
            configure(options);
        });
        return new NearMember(number, pool, new PendingReads(TimeProvider.System, Callers));
    }

    // No write is under way: what was written before is gone.
    private async Task RestartAsync(NearTruth truth, MemcachedProcess server)
    {
        var pool = All[0].Pool;
        await truth.WriteAllAsync(
            () => Task.Run(server.Restart),
            key => pool.FindServer(NearTruth.NameOf(key)).Port == server.Port,
            static _ => false);
        Restarts++;
    }

    private async Task FlushAsync(NearTruth truth, NearMember member)
    {
        await FaultPool.UntilAnsweringAsync(member.Pool);
        await truth.WriteAllAsync(() => member.Pool.FlushAsync().AsTask(), static _ => true, process => process == member.Number);
        Flushes++;
    }

    // Past the pools, which would forget what they keep.
    private static void Flush(MemcachedProcess server)
    {
        using var socket = server.Connect();
        socket.Send("flush_all\r\n"u8);
        Span<byte> reply = stackalloc byte[4];
        Assert.Equal("OK\r\n", Encoding.ASCII.GetString(reply[..socket.Receive(reply)]));
    }
}
