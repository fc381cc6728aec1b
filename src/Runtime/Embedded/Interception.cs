using System.Text;

namespace TypedCache.Embedded;

/// <summary>Hands the commands of one session to an application before they are carried out.</summary>
/// <param name="session">The session.</param>
/// <param name="intercept">What the application does with them.</param>
internal sealed class Interception(EmbeddedSession session, Action<EmbeddedExchange> intercept)
{
    private static readonly string[] Stores = ["ms", "set", "add", "replace", "append", "prepend", "cas"];

    private byte[] _command = [];

    /// <summary>The reply that is not sent yet; the session goes on when its channel has taken it.</summary>
    public EmbeddedExchange? Held { get; private set; }

    /// <summary>Takes the reply that is not sent yet.</summary>
    public EmbeddedExchange? TakeHeld()
    {
        var held = Held;
        Held = null;
        return held;
    }

    /// <summary>Takes a line. A store is only carried out once its value has come; it is checked at once.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="reply">Where replies go.</param>
    /// <param name="run">Answers a line.</param>
    /// <param name="awaitsValue">Whether a line that was answered waits for its value.</param>
    public void Take(ReadOnlySpan<byte> line, ReplyBuffer reply, LineAnswer run, Func<bool> awaitsValue)
    {
        var command = line.ToArray();
        if (!IsStore(command))
        {
            Exchange(command, default, reply, () => Answered(reply, () => run(command, reply)));
            return;
        }

        var answer = Answered(reply, () => run(command, reply));
        if (awaitsValue())
        {
            _command = command;
        }
        else
        {
            Exchange(command, default, reply, () => answer);
        }
    }

    /// <summary>Takes the value of the last line.</summary>
    /// <param name="value">The value.</param>
    /// <param name="reply">Where replies go.</param>
    /// <param name="complete">Answers the command.</param>
    public void TakeValue(ReadOnlyMemory<byte> value, ReplyBuffer reply, Action<ReplyBuffer> complete)
    {
        var command = _command;
        _command = [];
        Exchange(command, value, reply, () => Answered(reply, () => complete(reply)));
    }

    private void Exchange(byte[] command, ReadOnlyMemory<byte> value, ReplyBuffer reply, Func<byte[]> run)
    {
        var exchange = new EmbeddedExchange(session, command, value, run);
        try
        {
            intercept(exchange);
        }
        catch (Exception)
        {
            // Whoever waits for the reply hears of it as of a server that has crashed.
            exchange.Answer(default);
            exchange.Close();
        }

        if (!exchange.Until.IsCompleted)
        {
            Held = exchange;
            return;
        }

        reply.Write(exchange.Reply.Span);
    }

    private static byte[] Answered(ReplyBuffer reply, Action run)
    {
        var before = reply.Length;
        run();
        var answer = reply.Written.Span[before..].ToArray();
        reply.CutBackTo(before);
        return answer;
    }

    private static bool IsStore(ReadOnlySpan<byte> command)
    {
        var text = command.TrimStart((byte)' ');
        var end = text.IndexOf((byte)' ');
        return end > 0 && Array.IndexOf(Stores, Encoding.Latin1.GetString(text[..end])) >= 0;
    }
}
