using System.Buffers.Text;

namespace TypedCache.Protocol;

/// <summary>The reply to an increment or decrement: the counter's new value as decimal text.</summary>
internal sealed class CounterReply : Reply
{
    private ulong _value;

    /// <summary>
    /// Whether the next request creates the counter. The classic protocol takes two requests, or three when somebody else creates
    /// the counter in between.
    /// </summary>
    public bool Creates { get; set; }

    /// <summary>The counter's new value.</summary>
    public ulong Value => _value;

    /// <summary>The counter has been created.</summary>
    public void ReceiveInitial(ulong value) => _value = value;

    /// <summary>Takes the new value.</summary>
    /// <exception cref="FormatException">It is not a number.</exception>
    public void ReceiveNumber(ReadOnlySpan<byte> text)
    {
        // Spaces follow the digits: memcached pads a decremented counter to its old length.
        var digits = text.TrimEnd((byte)' ');
        if (!Utf8Parser.TryParse(digits, out _value, out var read) || read != digits.Length)
        {
            throw new FormatException("the counter's value is not a number");
        }
    }

    public override void Clear()
    {
        Creates = false;
        base.Clear();
    }
}
