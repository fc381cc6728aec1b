using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public class ReplyLoopsTests
{
    [Fact]
    public void Connections_that_are_added_later_are_shared_among_as_many_loops_as_there_are_then()
    {
        using var loops = new ReplyLoops(1);
        ServerConnection[] connections = [.. Enumerable.Range(0, 4).Select(_ => Connect())];
        loops.Add(connections[0]);
        loops.GrowTo(3);
        loops.GrowTo(2);
        foreach (var connection in connections[1..])
        {
            loops.Add(connection);
        }

        Assert.Equal(3, connections.Select(connection => connection.Loop).Distinct().Count());
        foreach (var connection in connections)
        {
            connection.Close(static () => new MemcachedConnectionException());
        }
    }

    private static ServerConnection Connect() => new(
        new ScriptedChannel(), new NoOwner(), new ConnectionLimits(TimeSpan.FromSeconds(30), 1000, 1000), new ConnectionNumbers()) { Protocol = MetaProtocol.Verified };

    private sealed class NoOwner : IConnectionOwner
    {
        public string Name => "scripted:1";

        public MemcachedTimeoutException TimedOut(Operation operation) => new("late");

        public void Closed(ServerConnection connection, Exception failure, IReadOnlyList<Operation> unsent)
        {
        }
    }
}
