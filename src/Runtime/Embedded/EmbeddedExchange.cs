namespace TypedCache.Embedded;

/// <summary>
/// One command to an <see cref="EmbeddedServer"/> and its reply, in the hands of <see cref="EmbeddedServerOptions.Intercept"/>. Its methods are
/// for the time of that call; what it has can be read later too.
/// </summary>
public sealed class EmbeddedExchange
{
    private readonly EmbeddedSession _session;
    private readonly Func<byte[]> _run;

    internal EmbeddedExchange(EmbeddedSession session, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> value, Func<byte[]> run)
    {
        _session = session;
        _run = run;
        Command = command;
        Value = value;
    }

    /// <summary>The number of the connection, counted from 1 in the order in which they were opened.</summary>
    public long Connection => _session.Connection;

    /// <summary>Whether the connection is still open, on both sides.</summary>
    public bool IsOpen => !_session.IsDisposed;

    /// <summary>The line of the command, without its end.</summary>
    public ReadOnlyMemory<byte> Command { get; }

    /// <summary>The value that came with it; empty where none does.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>What is sent back, line ends included: what <see cref="Run"/> gave, or <see cref="Answer"/> was given. Empty: nothing.</summary>
    public ReadOnlyMemory<byte> Reply { get; private set; }

    internal Task Until { get; private set; } = Task.CompletedTask;

    /// <summary>Lets the server carry the command out.</summary>
    /// <returns>Its reply, which is sent unless <see cref="Answer"/> is called.</returns>
    public ReadOnlyMemory<byte> Run() => Reply = _run();

    /// <summary>Sends this instead of the server's reply: another one, a part of it, or nothing.</summary>
    /// <param name="reply">The bytes, line ends included.</param>
    public void Answer(ReadOnlyMemory<byte> reply) => Reply = reply;

    /// <summary>
    /// Sends the reply, and all that follow on the same connection, not before a task has ended, however it ends. Meanwhile the server carries
    /// out what else it is asked over a connection within the process; from a socket it reads nothing more.
    /// </summary>
    /// <param name="until">The task. The replies are sent on the thread that ends it.</param>
    public void Delay(Task until)
    {
        ArgumentNullException.ThrowIfNull(until);
        Until = until;
    }

    /// <summary>Closes the connection once the reply is sent. What has come behind the command is dropped.</summary>
    public void Close() => _session.Close();
}
