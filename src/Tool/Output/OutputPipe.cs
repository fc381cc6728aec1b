namespace TypedCache.Tool.Output;

/// <summary>A pipe to another program, which tells when that program reads no more. What is written then is lost.</summary>
/// <param name="pipe">The pipe.</param>
/// <param name="closed">Is told.</param>
internal sealed class OutputPipe(FileStream pipe, Action closed) : Stream
{
    // EPIPE, on Linux and macOS alike.
    private const int BrokenPipe = 32;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            pipe.Write(buffer);
        }
        catch (IOException broken) when (broken.HResult == BrokenPipe)
        {
            closed();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
