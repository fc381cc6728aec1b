namespace TypedCache.Telemetry;

/// <summary>How many bytes have gone to a server and have come from it, those of TLS itself not counted.</summary>
internal sealed class Traffic
{
    private long _received;
    private long _sent;

    public long Received => Interlocked.Read(ref _received);

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Bytes have come.</summary>
    public void AddReceived(int count) => Interlocked.Add(ref _received, count);

    /// <summary>Bytes have gone.</summary>
    public void AddSent(int count) => Interlocked.Add(ref _sent, count);
}
