using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Connecting;

/// <summary>A proxy before two real servers, which the tests of one class share.</summary>
public sealed class TwemproxyFixture : IDisposable
{
    private readonly MemcachedProcess[] _servers = [MemcachedProcess.Start(), MemcachedProcess.Start()];

    public TwemproxyFixture() => Proxy = TwemproxyProcess.Start(_servers);

    public TwemproxyProcess Proxy { get; }

    public IReadOnlyList<MemcachedProcess> Servers => _servers;

    public void Dispose()
    {
        Proxy.Dispose();
        foreach (var server in _servers)
        {
            server.Dispose();
        }
    }
}
