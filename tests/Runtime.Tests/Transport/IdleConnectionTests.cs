using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>What a connection keeps while nobody uses it.</summary>
public sealed class IdleConnectionTests
{
    private const int MostBytes = 16 * 1024;

    [Fact]
    public void Buffers_are_given_up_once_no_request_has_come_for_a_while()
    {
        var connection = Answered(values: 500, out var used);
        Assert.True(used > MostBytes, $"{used} bytes were not enough to show anything");

        Look(connection);

        Assert.InRange(connection.Footprint, 0, MostBytes);
    }

    [Fact]
    public void They_are_given_up_at_once_when_the_heartbeat_ends()
    {
        var connection = Answered(values: 500, out _);

        connection.Trim();

        Assert.InRange(connection.Footprint, 0, MostBytes);
    }

    [Fact]
    public void They_stay_while_replies_are_due()
    {
        var connection = Connect();
        Send(connection, values: 500);
        var used = connection.Footprint;

        connection.Trim();

        Assert.Equal(used, connection.Footprint);
    }

    [Fact]
    public void A_server_that_answers_late_does_not_keep_them()
    {
        var connection = Connect();
        Send(connection, values: 500);
        Look(connection);
        connection.RemovePending(500);

        Look(connection);

        Assert.InRange(connection.Footprint, 0, MostBytes);
    }

    [Fact]
    public void The_connection_works_on_afterwards()
    {
        var connection = Answered(values: 500, out _);
        connection.Trim();

        Send(connection, values: 20);

        Assert.True(connection.HasPending);
        Assert.True(connection.IsOpen);
    }

    // As the heartbeat does within a second.
    private static void Look(ServerConnection connection)
    {
        for (var i = 0; i < 100; i++)
        {
            connection.Check(Environment.TickCount64);
        }
    }

    private static ServerConnection Answered(int values, out int used)
    {
        var connection = Connect();
        Send(connection, values);
        used = connection.Footprint;
        connection.RemovePending(values);
        return connection;
    }

    private static ServerConnection Connect() =>
        new(new ScriptedChannel(), new NoOwner(), new ConnectionLimits(TimeSpan.FromSeconds(30), 10_000_000, 1_000_000), new ConnectionNumbers()) { Protocol = MetaProtocol.Verified };

    private static void Send(ServerConnection connection, int values)
    {
        var sends = SendBatch.Begin();
        for (var i = 0; i < values; i++)
        {
            var operation = new StatusOperation { Deadline = Environment.TickCount64 + 30_000 };
            operation.Begin(Verb.Set, "k"u8);
            operation.Request.Payload.Resize(1000).Clear();
            Assert.Equal(SendOutcome.Queued, connection.TrySend(operation));
        }

        sends.End();
    }

    private sealed class NoOwner : IConnectionOwner
    {
        public string Name => "scripted:1";

        public MemcachedTimeoutException TimedOut(Operation operation) => new("late");

        public void Closed(ServerConnection connection, Exception failure, IReadOnlyList<Operation> unsent)
        {
        }
    }
}
