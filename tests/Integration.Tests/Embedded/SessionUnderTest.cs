using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;

namespace TypedCache.Integration.Tests.Embedded;

/// <summary>A store of an embedded server and sessions on it, without channels.</summary>
internal sealed class SessionUnderTest
{
    // The clock stands still, so that two runs of a script see the same seconds.
    private static readonly EmbeddedServerOptions Options = new() { TimeProvider = new FakeTimeProvider() };

    private readonly EmbeddedStats _stats;

    public SessionUnderTest()
    {
        Store = new EmbeddedStore(Options);
        _stats = new EmbeddedStats(Store, Options);
    }

    public EmbeddedStore Store { get; }

    public EmbeddedSession Open() => new(Store, _stats, Options.Version);
}
