namespace TypedCache.Values;

/// <summary>
/// A dialect of clients other than PHP's. It takes exactly the flags that its client writes, not the bits by which the client reads them:
/// whatever else there is was written by another one, and means something else.
/// </summary>
/// <param name="numbersAreText">Whether whole numbers are decimal text.</param>
internal abstract class SharedDialect(bool numbersAreText) : ValueDialect(numbersAreText)
{
    /// <summary>The flag of MessagePack where the client has none for it. It lies above the 16 bits in which clients have theirs.</summary>
    private protected const uint MessagePackMark = 0x10000;

    /// <summary>The client, for messages: <c>Ruby's dalli</c>.</summary>
    private protected abstract string Client { get; }

    internal override string Describe(ValueKind kind, ReadOnlySpan<byte> payload) =>
        kind == ValueKind.Foreign ? $"nothing that {Client} writes, {payload.Length} bytes" : base.Describe(kind, payload);

    internal sealed override string WayOut(ValueKind kind) =>
        kind == ValueKind.Foreign ? "Set the pool's dialect to that of the client that wrote it, or delete the key." : WayOutOfOwn;

    /// <summary>How a value could be shared that only this client writes and that is not read: a sentence.</summary>
    private protected virtual string WayOutOfOwn => "Read it as the type it was written with, or delete the key.";

    private protected override ValueKind KindOfTagged(uint flags) =>
        KindOfUntagged(Untag(flags)) == ValueKind.Foreign ? ValueKind.Foreign : ValueKind.Tagged;

    /// <summary>The flag of compressed values; 0 where the client compresses nothing.</summary>
    private protected virtual uint CompressedFlag => 0;

    private protected override bool IsCompressedUntagged(uint flags) => (flags & CompressedFlag) != 0 && KindOfUntagged(flags) != ValueKind.Foreign;

    internal override uint Compress(ICompressor compressor, PayloadBuffer value, double minimumSaving) => 0;

    internal override void Expand(ReadOnlyMemory<byte> payload, uint flags, CompressionOptions options, ExpandedPayload output) =>
        throw new NotSupportedException($"{Client} compresses nothing.");
}
