using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Nodes;

namespace TypedCache.AppHostTests;

/// <summary>The state of a cluster, from those of its servers.</summary>
public sealed class NodeStatesTests
{
    private readonly NodeStates _states = new();
    private readonly IReadOnlyList<IMemcachedNodeResource> _nodes = Models.ToRun().AddMemcached("cache", nodes: 2).Resource.Nodes;

    [Fact]
    public void It_starts_until_all_run() => AssertStates(
        ("Starting", "", "Starting"), ("Running", "Starting", "Starting"), ("Running", "Waiting", "Starting"), ("Running", "Running", "Running"));

    [Fact]
    public void It_runs_on_while_any_does() => AssertStates(
        ("Running", "Running", "Running"), ("Running", "Exited", "Running"), ("Running", "Starting", "Running"), ("Exited", "Exited", "Exited"));

    [Fact]
    public void It_fails_with_a_server_that_does_not_start() => AssertStates(
        ("Running", "FailedToStart", "FailedToStart"), ("Running", "Running", "Running"), ("FailedToStart", "Exited", "FailedToStart"));

    [Fact]
    public void It_is_not_started_when_none_is() => AssertStates(
        ("NotStarted", "NotStarted", "NotStarted"), ("NotStarted", "Exited", "Exited"));

    private void AssertStates(params IReadOnlyList<(string First, string Second, string Whole)> steps)
    {
        foreach (var (first, second, whole) in steps)
        {
            _states.Set(_nodes[0], first);
            _states.Set(_nodes[1], second);
            Assert.Equal(whole, _states.Combined(_nodes));
        }
    }
}
