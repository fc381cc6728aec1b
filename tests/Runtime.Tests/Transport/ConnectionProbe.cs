using System.Diagnostics;
using System.Text;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Transport;

/// <summary>One connection over a <see cref="ScriptedChannel"/>, its owner, and its heartbeat.</summary>
internal sealed class ConnectionProbe : ChannelConnector, IDisposable
{
    private static readonly ValuePipeline Pipeline = new(ValueDialect.Pecl, new CompressionOptions());

    private readonly ReplyLoops _loops = new(1);
    private readonly Heartbeat _heartbeat;
    private readonly ServerLink _link;
    private readonly TimeSpan _timeout;

    /// <summary>Makes a connection.</summary>
    /// <param name="beats">Whether operations wake the heartbeat, or the test calls <see cref="Check"/> at moments of its choice.</param>
    /// <param name="operationTimeout">How long callers wait; 30 s by default.</param>
    public ConnectionProbe(bool beats = true, TimeSpan? operationTimeout = null)
    {
        _timeout = operationTimeout ?? TimeSpan.FromSeconds(30);
        var limits = new ConnectionLimits(_timeout, 1_000_000, 1_000_000);
        var settings = new LinkSettings(
            TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), limits, MemcachedProtocol.Auto, credentials: null, TimeProvider.System);
        _link = new ServerLink("scripted:1", this, settings, _loops);
        _heartbeat = new Heartbeat(beats ? [_link] : [], _loops);
    }

    /// <summary>The channel which was opened last.</summary>
    public ScriptedChannel Channel { get; private set; } = new();

    /// <summary>Called on the connecting thread before a channel is opened.</summary>
    public Action? Opening { get; set; }

    /// <summary>Whether the heartbeat's thread lives.</summary>
    public bool IsLookedAfter => _heartbeat.IsRunning;

    public override ByteChannel Open(ConnectDeadline deadline)
    {
        Opening?.Invoke();
        if (Channel.RefusesSends || Channel.IsClosed)
        {
            Channel = new ScriptedChannel();
        }

        return Channel;
    }

    /// <summary>Sends a get and gives its request, whose opaque token the reply needs, and its answer.</summary>
    public (ReadOperation<string> Request, Task<string?> Answer) Get(string key)
    {
        var operation = BeginGet(key);
        return (operation, Send(operation, operation.AsValue()).AsTask());
    }

    /// <summary>Prepares a get, for <see cref="Send"/>.</summary>
    public static ReadOperation<string> BeginGet(string key)
    {
        var operation = new ReadOperation<string>();
        operation.Begin(Verb.Get, Encoding.UTF8.GetBytes(key));
        operation.Decode(CacheCodecs.String, Pipeline);
        return operation;
    }

    /// <summary>Sends an operation as a pool does.</summary>
    public ValueTask<T> Send<T>(Operation operation, ValueTask<T> answer)
    {
        operation.Deadline = Environment.TickCount64 + (long)_timeout.TotalMilliseconds;
        _link.Send(operation);
        return answer;
    }

    /// <summary>Looks after the connection once, as the heartbeat does.</summary>
    /// <param name="later">How much later it is than it is.</param>
    public void Check(TimeSpan later = default)
    {
        var now = Environment.TickCount64 + (long)later.TotalMilliseconds;
        _link.Check(now);
        _loops.Check(now);
    }

    /// <summary>Opens the connection.</summary>
    public async Task ConnectAsync()
    {
        var (request, answer) = Get("connect");
        await UntilSentAsync($"O{request.Request.Opaque}\r\n");
        Channel.Deliver($"EN O{request.Request.Opaque}\r\n");
        await answer;

        // Off the thread that has read the answer: nobody else would read.
        await Task.Yield();
    }

    /// <summary>Waits until the requests have been sent.</summary>
    public Task UntilSentAsync(string text) =>
        UntilAsync(() => Channel.Sent.Contains(text, StringComparison.Ordinal), () => $"not sent: {text}, but: {Channel.Sent}");

    /// <summary>Waits until a channel has been closed.</summary>
    public static Task UntilClosedAsync(ScriptedChannel channel) => UntilAsync(() => channel.IsClosed, () => "the channel was not closed");

    /// <summary>Waits until another channel has been opened.</summary>
    public Task UntilReplacedAsync(ScriptedChannel channel) => UntilAsync(() => Channel != channel, () => "no other channel was opened");

    public void Dispose()
    {
        _link.Dispose();
        _heartbeat.Dispose();
        _loops.Dispose();
    }

    private static async Task UntilAsync(Func<bool> reached, Func<string> otherwise)
    {
        for (var waited = Stopwatch.StartNew(); !reached();)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), otherwise());
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
