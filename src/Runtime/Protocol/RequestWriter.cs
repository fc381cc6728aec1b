using System.Buffers.Text;
using System.Diagnostics;
using TypedCache.Keys;

namespace TypedCache.Protocol;

/// <summary>Writes the line of a request into a span that is large enough for any single-key request.</summary>
internal ref struct RequestWriter(Span<byte> output)
{
    /// <summary>More than any single-key request line needs: the key, and at most eight flags of at most 22 bytes.</summary>
    public const int MaxLength = CacheKeyWriter.MaxLength + 256;

    private readonly Span<byte> _output = output;

    public int Length { get; private set; }

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_output[Length..]);
        Length += bytes.Length;
    }

    public void Write(ulong number)
    {
        var written = Utf8Formatter.TryFormat(number, _output[Length..], out var length);
        Debug.Assert(written, "MaxLength leaves room for every number");
        Length += length;
    }

    public void Write(long number)
    {
        var written = Utf8Formatter.TryFormat(number, _output[Length..], out var length);
        Debug.Assert(written, "MaxLength leaves room for every number");
        Length += length;
    }

    /// <summary>Writes a space, the flag's letter and its number.</summary>
    public void WriteFlag(byte letter, ulong number)
    {
        WriteFlag(letter);
        Write(number);
    }

    /// <summary>Writes a space and the flag's letter.</summary>
    public void WriteFlag(byte letter)
    {
        _output[Length] = (byte)' ';
        _output[Length + 1] = letter;
        Length += 2;
    }

    /// <summary>Ends the line.</summary>
    public void EndLine() => Write("\r\n"u8);
}
