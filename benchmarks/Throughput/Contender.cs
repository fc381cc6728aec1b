namespace TypedCache.Benchmarks.Throughput;

/// <summary>One way to do a scenario's work.</summary>
/// <param name="Name">How the table calls it.</param>
/// <param name="Servers">Whose processor time counts as the servers'.</param>
/// <param name="RunAsync">Does a number of operations.</param>
internal sealed record Contender(string Name, IReadOnlyList<ServerProcess> Servers, Func<long, Task> RunAsync);
