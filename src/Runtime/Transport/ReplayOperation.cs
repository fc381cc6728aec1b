using System.Threading.Tasks.Sources;
using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>Carries out, over one connection, what its server has missed.</summary>
internal sealed class ReplayOperation : Operation, IValueTaskSource
{
    // How long a thread waits where other requests leave no room, in milliseconds.
    private const int Pause = 10;

    private readonly ReplayReply _reply;

    /// <summary>Makes the operation.</summary>
    public ReplayOperation()
        : this(new ReplayReply())
    {
    }

    private ReplayOperation(ReplayReply reply)
        : base(new Request(), reply)
    {
        _reply = reply;
        Begin(Verb.Replay, default);
        Deadline = long.MaxValue;
    }

    /// <summary>Null: it concerns its own connection and no other.</summary>
    public override IOperationRoute? Route => null;

    /// <summary>Begins to write what is sent; <see cref="Run"/> ends it.</summary>
    /// <param name="connection">The connection.</param>
    public ReplayText Write(ServerConnection connection) => new(Request.Payload, connection.Protocol is MetaProtocol);

    /// <summary>Sends it, and blocks until the server has carried all of it out.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="text">What has been written.</param>
    /// <param name="deadline">Until when that may take.</param>
    /// <param name="asked">Called when it has been sent: somebody has to look after the answer.</param>
    /// <returns>How much of it the server has refused.</returns>
    /// <exception cref="MemcachedException">The connection was lost, or the answer does not fit.</exception>
    /// <exception cref="TimeoutException">The server has not answered in time.</exception>
    public int Run(ServerConnection connection, ReplayText text, ConnectDeadline deadline, Action asked)
    {
        _reply.Due = text.End();
        var answer = new ValueTask(this, Version);
        Send(connection, deadline);
        asked();
        deadline.Wait(new BlockingWaiter(this, Version).Wait);
        answer.GetAwaiter().GetResult();
        return _reply.Refused;
    }

    void IValueTaskSource.GetResult(short token) => HasReply(token);

    // Its answer stays readable.
    protected override void Recycle()
    {
    }

    private void Send(ServerConnection connection, ConnectDeadline deadline)
    {
        for (var outcome = connection.TrySend(this); outcome != SendOutcome.Queued; outcome = connection.TrySend(this))
        {
            if (outcome != SendOutcome.Full)
            {
                throw new MemcachedConnectionException($"{connection.Server} has closed the connection.") { Server = connection.Server };
            }

            deadline.ThrowIfOver();
            Thread.Sleep(Pause);
        }
    }
}
