using System.Buffers.Text;
using System.Threading.Tasks.Sources;

namespace TypedCache.Protocol;

/// <summary>An increment or decrement. Its reply carries the counter's new value as decimal text.</summary>
internal sealed class CounterOperation : Operation, IValueTaskSource<ulong>, IValueTaskSource<ulong?>
{
    private ulong _value;

    /// <summary>
    /// Whether the next request creates the counter. The classic protocol takes two requests, or three when somebody else creates
    /// the counter in between.
    /// </summary>
    public bool Creates { get; set; }

    public ValueTask<ulong> AsCreated() => new(this, Version);

    public ValueTask<ulong?> AsExisting() => new(this, Version);

    /// <summary>The counter has been created.</summary>
    public void ReceiveInitial() => _value = Initial!.Value;

    /// <summary>Takes the new value.</summary>
    /// <exception cref="FormatException">It is not a number.</exception>
    public void ReceiveNumber(ReadOnlySpan<byte> text)
    {
        // Blanks behind the digits: memcached pads a decremented counter to its old length.
        var digits = text.TrimEnd((byte)' ');
        if (!Utf8Parser.TryParse(digits, out _value, out var read) || read != digits.Length)
        {
            throw new FormatException("the counter's value is not a number");
        }
    }

    ulong IValueTaskSource<ulong>.GetResult(short token) =>
        Take(token) ?? throw new MemcachedProtocolException("The server found no counter, although it was asked to create it.");

    ulong? IValueTaskSource<ulong?>.GetResult(short token) => Take(token);

    protected override void Recycle() => OperationPool<CounterOperation>.Return(this);

    protected override void Reset()
    {
        Creates = false;
        base.Reset();
    }

    private ulong? Take(short token)
    {
        CheckToken(token);
        try
        {
            return HasReply(token) && Code == ReplyCode.Ok ? _value : null;
        }
        finally
        {
            Release();
        }
    }
}
