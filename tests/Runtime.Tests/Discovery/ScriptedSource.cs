using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TypedCache.Tests.Discovery;

/// <summary>A source of servers that does what a test says.</summary>
internal sealed class ScriptedSource : IServerDiscovery
{
    private static readonly Func<ServerListVersion?> Ending = static () => null;

    private readonly Channel<Func<ServerListVersion?>> _steps = Channel.CreateUnbounded<Func<ServerListVersion?>>();
    private int _watches;

    /// <summary>How often it has been watched.</summary>
    public int Watches => Volatile.Read(ref _watches);

    /// <summary>Cancelled when it is to end.</summary>
    public CancellationToken Ends { get; private set; }

    public void Name(long? version, params string[] hosts) => Give(new ServerListVersion(version, [.. hosts.Select(static host => new MemcachedServerOptions(host))]));

    public void Give(ServerListVersion list) => _steps.Writer.TryWrite(() => list);

    public void Throw(Exception exception) => _steps.Writer.TryWrite(() => throw exception);

    public void End() => _steps.Writer.TryWrite(Ending);

    public async IAsyncEnumerable<ServerListVersion> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Ends = cancellationToken;
        Interlocked.Increment(ref _watches);
        await foreach (var step in _steps.Reader.ReadAllAsync(cancellationToken))
        {
            if (step == Ending)
            {
                yield break;
            }

            yield return step()!;
        }
    }

    public override string ToString() => "scripted";
}
