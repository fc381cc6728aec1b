using System.Runtime.InteropServices;

namespace TypedCache.Pool;

/// <summary>The servers that have been tried for an operation. There is hardly ever more than one, and one costs no memory.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TriedServers
{
    private MemcachedServer? _first;
    private List<MemcachedServer>? _others;

    public readonly bool Contains(MemcachedServer server) =>
        ReferenceEquals(_first, server) || (_others is { } others && others.Contains(server));

    public void Add(MemcachedServer server)
    {
        if (_first is null)
        {
            _first = server;
        }
        else
        {
            (_others ??= []).Add(server);
        }
    }

    public void Clear()
    {
        _first = null;
        _others = null;
    }
}
