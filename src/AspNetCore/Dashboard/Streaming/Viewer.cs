using System.Threading.Channels;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>A page that somebody looks at. One that is slow misses samples, and gets a complete one as soon as it can take it.</summary>
internal sealed class Viewer
{
    // Some seconds. Counts are complete in each sample, so nothing is lost.
    private const int MaxWaiting = 4;

    private readonly Channel<byte[]> _samples = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });

    /// <summary>Whether it needs a complete sample: it has got none yet, or has missed one. Only the sampler asks.</summary>
    public bool IsBehind { get; private set; } = true;

    /// <summary>The samples, until the token is cancelled.</summary>
    public IAsyncEnumerable<byte[]> ReadAsync(CancellationToken cancellationToken) => _samples.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Gives it a sample, if it can take one.</summary>
    public void Offer(byte[] frame) => IsBehind = !_samples.Writer.TryWrite(frame);
}
