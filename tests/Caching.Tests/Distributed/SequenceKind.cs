using System.Buffers;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>How the bytes of a sequence lie in memory.</summary>
public enum SequenceKind
{
    WholeArray,
    PartOfArray,
    NativeMemory,
    Pieces,
}

/// <summary>Makes sequences of random bytes.</summary>
public static class RandomSequences
{
    public static ReadOnlySequence<byte> Create(SequenceKind kind, int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        return kind switch
        {
            SequenceKind.WholeArray => new ReadOnlySequence<byte>(bytes),
            SequenceKind.PartOfArray => new ReadOnlySequence<byte>([1, 2, .. bytes, 3], 2, length),
            SequenceKind.NativeMemory => new ReadOnlySequence<byte>(new ForeignMemory(bytes).Memory),
            _ => InPieces(bytes),
        };
    }

    // Three pieces, of which the first and the last are used in part, and an empty one.
    private static ReadOnlySequence<byte> InPieces(byte[] bytes)
    {
        var third = bytes.Length / 3;
        var first = new Piece(new byte[] { 9, 9, 9 }.Concat(bytes[..third]).ToArray(), null);
        var empty = new Piece([], first);
        var second = new Piece(bytes[third..(2 * third)], empty);
        var last = new Piece([.. bytes[(2 * third)..], 8, 8], second);
        return new ReadOnlySequence<byte>(first, 3, last, last.Memory.Length - 2);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }

    // Memory behind which there is no array that anybody may see.
    private sealed class ForeignMemory(byte[] bytes) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => bytes;

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
