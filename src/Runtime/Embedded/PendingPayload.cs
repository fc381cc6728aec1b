namespace TypedCache.Embedded;

/// <summary>The data block that a session waits for, and what to do with it.</summary>
internal sealed class PendingPayload
{
    // The longest opaque word, k and c, with a space before each.
    private const int MaxMetaReply = 1 + 32 + 2 + 2;

    private static readonly EmbeddedItem NoItem = new([], []);

    private readonly byte[] _lineEnd = new byte[2];
    private readonly byte[] _metaReply = new byte[MaxMetaReply];
    private int _metaReplyLength;
    private int _valueReceived;
    private int _lineEndReceived;
    private long _toSwallow;

    public EmbeddedItem Item { get; private set; } = NoItem;

    public StoreMode Mode { get; private set; }

    /// <summary>The reply is not wanted if the command succeeds (meta) or at all (classic).</summary>
    public bool Quiet { get; private set; }

    public bool IsMeta { get; private set; }

    public bool KeepStale { get; private set; }

    /// <summary>The flags of the <c>ms</c> command that ask for something in its reply, as words separated by spaces.</summary>
    public ReadOnlySpan<byte> MetaReplyFlags => _metaReply.AsSpan(0, _metaReplyLength);

    public bool IsReading { get; private set; }

    public bool IsSwallowing => _toSwallow > 0;

    /// <summary>Whether the block ended with CR LF, as it has to.</summary>
    public bool IsWellFormed => _lineEnd.AsSpan().SequenceEqual("\r\n"u8);

    public void Begin(EmbeddedItem item, StoreMode mode, bool quiet)
    {
        Item = item;
        Mode = mode;
        Quiet = quiet;
        IsMeta = false;
        KeepStale = false;
        IsReading = true;
        _valueReceived = _lineEndReceived = 0;
    }

    public void BeginMeta(EmbeddedItem item, StoreMode mode, in MetaFlags flags, in CommandLine line)
    {
        Begin(item, mode, flags.Quiet);
        IsMeta = true;
        KeepStale = flags.SetStale && mode == StoreMode.Cas;
        _metaReplyLength = 0;
        for (var i = 2; i < line.Count; i++)
        {
            switch (line[i][0])
            {
                case (byte)'O':
                    Remember(line[i]);
                    break;
                case (byte)'k' or (byte)'c':
                    Remember(line[i][..1]);
                    break;
            }
        }
    }

    /// <summary>Reads and drops the block of a command that failed, its line end included.</summary>
    public void BeginSwallow(int valueLength) => _toSwallow = valueLength + 2L;

    /// <summary>Takes what belongs to the block; returns how many bytes that was. Once the block is complete, <see cref="IsReading"/> is false.</summary>
    public int Take(ReadOnlySpan<byte> input)
    {
        var ofValue = Fill(Item.Value, ref _valueReceived, input);
        var ofLineEnd = Fill(_lineEnd, ref _lineEndReceived, input[ofValue..]);
        IsReading = _lineEndReceived < _lineEnd.Length;
        return ofValue + ofLineEnd;
    }

    public int Swallow(ReadOnlySpan<byte> input)
    {
        var count = (int)Math.Min(_toSwallow, input.Length);
        _toSwallow -= count;
        return count;
    }

    /// <summary>Lets go of the item, so that an idle session does not keep it alive.</summary>
    public void Forget() => Item = NoItem;

    private static int Fill(Span<byte> target, ref int filled, ReadOnlySpan<byte> input)
    {
        var count = Math.Min(target.Length - filled, input.Length);
        input[..count].CopyTo(target[filled..]);
        filled += count;
        return count;
    }

    private void Remember(ReadOnlySpan<byte> word)
    {
        _metaReply[_metaReplyLength++] = (byte)' ';
        word.CopyTo(_metaReply.AsSpan(_metaReplyLength));
        _metaReplyLength += word.Length;
    }
}
