using System.Buffers.Text;

namespace TypedCache.Protocol;

/// <summary>The reply to an increment or decrement: the counter's new value as decimal text.</summary>
internal sealed class CounterReply : Reply
{
    private ulong _value;

    /// <summary>
    /// Which request is next. The classic protocol takes two requests to create a counter, or three when somebody else creates it in
    /// between; the meta protocol looks at what cannot be counted.
    /// </summary>
    public CounterTurn Turn { get; set; }

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
        Turn = CounterTurn.Count;
        base.Clear();
    }
}
