namespace TypedCache.Transport;

/// <summary>The bytes which callers have gathered for one send.</summary>
internal sealed class SendBuffer
{
    private const int InitialSize = 16 * 1024;

    // A buffer which one burst has made larger than this is given up afterwards.
    private const int KeptSize = 1024 * 1024;

    private byte[] _bytes = new byte[InitialSize];

    public int Length { get; private set; }

    /// <summary>Where the last request begins.</summary>
    public int LastRequest { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>What follows is a new request.</summary>
    public void BeginRequest() => LastRequest = Length;

    /// <summary>Room for at least <paramref name="size"/> bytes behind what is written.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, (long)Length + size)));
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void Clear()
    {
        Length = 0;
        LastRequest = 0;
        if (_bytes.Length > KeptSize)
        {
            _bytes = new byte[InitialSize];
        }
    }
}
