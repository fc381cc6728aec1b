using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Transport;

/// <summary>
/// Everything that a pool's threads do to each other, in a random order: callers who await, block, hold sends back, leave, run out of
/// time, or take a server out of use, on lines that have too little room, give replies in pieces, and break. Each call ends once, with
/// its own answer or with the reason why there is none.
/// </summary>
/// <remarks>The seed makes the decisions the same each time, and not the threads' order. <see cref="SeedsVariable"/>: how many seeds.</remarks>
public sealed class RandomScheduleTests
{
    /// <summary>The environment variable with the number of seeds. Default: 3.</summary>
    public const string SeedsVariable = "TYPEDCACHE_SCHEDULE_SEEDS";

    private const int Links = 3;
    private const int Callers = 6;
    private const int Rounds = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ValuePipeline Pipeline = new(ValueDialect.Pecl, new CompressionOptions());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Seeds => int.Parse(Environment.GetEnvironmentVariable(SeedsVariable) ?? "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Over_channels_without_sockets()
    {
        var (opened, released) = (0, 0);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var random = new Random(seed);
            using var moments = new RandomMoments(seed);
            var connector = new Opening(() =>
            {
                Interlocked.Increment(ref opened);
                lock (random)
                {
                    return new RandomChannel(new Random(random.Next()), moments, () => Interlocked.Increment(ref released));
                }
            });

            await RunAsync(seed, () => connector, Poller.Create);

            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref released) == Volatile.Read(ref opened), Patience), $"seed {seed}: {opened} channels opened, {released} released");
        }

        Assert.True(opened > Seeds * Links, "no line has broken");
    }

    [Theory]
    [MemberData(nameof(Pollers.All), MemberType = typeof(Pollers))]
    public async Task Over_sockets(string poller)
    {
        var accepted = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            using var server = new RandomSocketServer(seed);
            await RunAsync(seed, () => new SocketConnector(server.EndPoint), () => Pollers.Create(poller));
            accepted += server.Accepted;
        }

        Assert.True(accepted > Seeds * Links, "no line has broken");
    }

    private static async Task RunAsync(int seed, Func<ChannelConnector> connect, Func<Poller> createPoller)
    {
        using var loops = new ReplyLoops(2, createPoller);
        var limits = new ConnectionLimits(Patience, 10_000_000, 1_000_000);
        var settings = new LinkSettings(Patience, TimeSpan.FromMilliseconds(20), limits, MemcachedProtocol.Auto, credentials: null, TimeProvider.System);
        ServerLink[] links = [.. Enumerable.Range(1, Links).Select(number => new ServerLink($"random:{number}", connect(), settings, loops))];
        using var heartbeat = new Heartbeat(links, loops);
        var unexpected = new ConcurrentQueue<string>();
        Caller[] callers = [.. Enumerable.Range(0, Callers).Select(number => new Caller(links, number, new Random((seed * 100) + number), unexpected))];

        await Task.WhenAll(callers.Select(caller => StartThread(() => caller.Call(Rounds)))).WaitAsync(2 * Patience, Token);

        Assert.True(unexpected.IsEmpty, $"seed {seed}: {string.Join(Environment.NewLine, unexpected)}");
        Assert.True(callers.Sum(caller => caller.Answered) > Rounds, $"seed {seed}: too few answers to prove anything");
        Assert.True(SpinWait.SpinUntil(() => !loops.IsBusy && !Array.Exists(links, link => link.IsBusy), Patience), $"seed {seed}: something is still pending");

        // What is under way when the pool is disposed of ends too.
        var last = callers.Select(caller => StartThread(() => caller.Call(1))).ToArray();
        Array.ForEach(links, link => link.Dispose());
        await Task.WhenAll(last).WaitAsync(2 * Patience, Token);
        Assert.True(unexpected.IsEmpty, $"seed {seed}: {string.Join(Environment.NewLine, unexpected)}");
        Assert.All(callers, caller => Assert.Equal(caller.Begun, caller.Ended));
    }

    private static Task StartThread(Action run) =>
        Task.Factory.StartNew(run, Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>How a call may end without an answer, besides by the end of its connection or pool.</summary>
    private enum Ending
    {
        Lost,
        Cancelled,
        TimedOut,
    }

    private sealed class Opening(Func<ByteChannel> open) : ChannelConnector
    {
        public override ByteChannel Open(ConnectDeadline deadline) => open();
    }

    /// <summary>Somebody who does this and that.</summary>
    private sealed class Caller(ServerLink[] links, int number, Random random, ConcurrentQueue<string> unexpected)
    {
        private int _round;
        private int _begun;
        private int _ended;
        private int _answered;

        public int Begun => Volatile.Read(ref _begun);

        public int Ended => Volatile.Read(ref _ended);

        public int Answered => Volatile.Read(ref _answered);

        public void Call(int rounds)
        {
            for (var end = _round + rounds; _round < end; _round++)
            {
                var name = $"{number}-{_round}";
                if (!CallAsync(name).Wait(Patience))
                {
                    unexpected.Enqueue($"{name} hangs");
                    return;
                }
            }
        }

        private Task CallAsync(string name) => random.Next(8) switch
        {
            0 => FanOutAsync(name, random.Next(1, 60)),
            1 => ChainAsync(name, random.Next(1, 20), isSlow: random.Next(4) == 0),
            2 => LeaveAsync(name),
            3 => TimeOutAsync(name, random.Next(1, 10)),
            4 => BlockWithinAsync(name, random.Next(1, 4)),
            5 => BlockWithinBatch(name, random.Next(1, 40)),
            6 => DisableAsync(name),
            _ => Block(name, random.Next(1, 10)),
        };

        private async Task FanOutAsync(string name, int count)
        {
            var tasks = new Task[count];
            var holdsBack = random.Next(2) == 0;
            var sends = holdsBack ? SendBatch.Begin() : null;
            for (var i = 0; i < count; i++)
            {
                tasks[i] = ExpectAsync(Get($"{name}-{i}"), $"{name}-{i}");
            }

            sends?.End();
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }

        // It goes on wherever the answer was read, and may take its time there.
        private async Task ChainAsync(string name, int count, bool isSlow)
        {
            for (var i = 0; i < count; i++)
            {
                await ExpectAsync(Get($"{name}-{i}"), $"{name}-{i}").ConfigureAwait(false);
                if (isSlow)
                {
                    Thread.Sleep(i % 2);
                }
            }
        }

        private async Task LeaveAsync(string name)
        {
            using var leave = new CancellationTokenSource();
            var answer = ExpectAsync(Get(name, cancellationToken: leave.Token), name, Ending.Cancelled);
            if (random.Next(2) == 0)
            {
                Thread.SpinWait(random.Next(20_000));
            }

            await leave.CancelAsync().ConfigureAwait(false);
            await answer.ConfigureAwait(false);
        }

        private Task TimeOutAsync(string name, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(i =>
            ExpectAsync(Get($"{name}-{i}", timeout: TimeSpan.FromMilliseconds(random.Next(3))), $"{name}-{i}", Ending.TimedOut)));

        private async Task BlockWithinAsync(string name, int count)
        {
            await ExpectAsync(Get(name), name).ConfigureAwait(false);
            for (var i = 0; i < count; i++)
            {
                await Block($"{name}-{i}", 1).ConfigureAwait(false);
            }
        }

        // What the thread holds back leaves when it blocks.
        private Task BlockWithinBatch(string name, int count)
        {
            var sends = SendBatch.Begin();
            var others = Enumerable.Range(0, count).Select(i => ExpectAsync(Get($"{name}-{i}"), $"{name}-{i}")).ToArray();
            Block(name, 2);
            sends.End();
            return Task.WhenAll(others);
        }

        private async Task DisableAsync(string name)
        {
            var link = links[random.Next(links.Length)];
            var answer = ExpectAsync(Get(name), name);
            link.Disable();
            link.Enable();
            await answer.ConfigureAwait(false);
        }

        private Task Block(string name, int count)
        {
            for (var i = 0; i < count; i++)
            {
                var expected = $"{name}-{i}";
                try
                {
#pragma warning disable CA2012 // It is supported, and what this is about.
                    Note(Get(expected).GetAwaiter().GetResult(), expected);
#pragma warning restore CA2012
                }
                catch (Exception exception)
                {
                    Note(exception, expected, Ending.Lost);
                }
            }

            return Task.CompletedTask;
        }

        private ValueTask<string?> Get(string key, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _begun);
            var operation = OperationPool<ReadOperation<string>>.Rent();
            operation.Begin(Verb.Get, Encoding.UTF8.GetBytes(key));
            operation.Decode(CacheCodecs.String, Pipeline);
            operation.Deadline = Environment.TickCount64 + (long)(timeout ?? Patience).TotalMilliseconds;
            operation.ObserveCancellation(cancellationToken);
            var answer = operation.AsValue();
            operation.Route.SendTo(operation, new MemcachedServer(new MemcachedServerOptions("random"), links[key.Length % links.Length]));
            return answer;
        }

        private async Task ExpectAsync(ValueTask<string?> answer, string expected, Ending permitted = Ending.Lost)
        {
            try
            {
                Note(await answer.ConfigureAwait(false), expected);
            }
            catch (Exception exception)
            {
                Note(exception, expected, permitted);
            }
        }

        private void Note(string? answer, string expected)
        {
            Interlocked.Increment(ref _ended);
            Interlocked.Increment(ref _answered);
            if (answer != expected)
            {
                unexpected.Enqueue($"{answer} instead of {expected}");
            }
        }

        private void Note(Exception exception, string expected, Ending permitted)
        {
            Interlocked.Increment(ref _ended);
            var isPermitted = exception switch
            {
                MemcachedTimeoutException => permitted == Ending.TimedOut,
                OperationCanceledException => permitted == Ending.Cancelled,
                _ => exception is MemcachedConnectionException or ObjectDisposedException,
            };
            if (!isPermitted)
            {
                unexpected.Enqueue($"{expected}: {exception}");
            }
        }
    }

    /// <summary>A server whose connections give and take as chance will have it, each on threads of its own.</summary>
    private sealed class RandomSocketServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly int _seed;
        private int _accepted;

        public RandomSocketServer(int seed)
        {
            _seed = seed;
            _listener.Server.SendBufferSize = 2000;
            _listener.Server.ReceiveBufferSize = 2000;
            _listener.Start();
            new Thread(Accept) { IsBackground = true }.Start();
        }

        public EndPoint EndPoint => _listener.LocalEndpoint;

        public int Accepted => Volatile.Read(ref _accepted);

        public void Dispose() => _listener.Dispose();

        private void Accept()
        {
            try
            {
                while (true)
                {
                    var socket = _listener.AcceptSocket();
                    var random = new Random((_seed * 1000) + Interlocked.Increment(ref _accepted));
                    new Thread(() => Serve(socket, random)) { IsBackground = true }.Start();
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is over.
            }
        }

        private static void Serve(Socket socket, Random random)
        {
            using var _ = socket;
            var server = new RandomServer();
            var bytes = new byte[4000];
            try
            {
                int count;
                while ((count = socket.Receive(bytes, random.Next(1, bytes.Length), SocketFlags.None)) > 0 && random.Next(100) > 0)
                {
                    server.Take(bytes.AsSpan(0, count));
                    while (server.Waiting > 0)
                    {
                        count = server.Give(bytes.AsSpan(0, random.Next(1, bytes.Length)));
                        socket.Send(bytes, count, SocketFlags.None);
                    }
                }
            }
            catch (SocketException)
            {
                // The client has hung up.
            }
        }
    }
}
