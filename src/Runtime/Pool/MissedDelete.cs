namespace TypedCache.Pool;

/// <summary>What one server has missed of one key.</summary>
/// <param name="key">The key as it goes over the wire.</param>
internal sealed class MissedDelete(byte[] key)
{
    private List<MemcachedServer>? _others;
    private MemcachedServer? _first;

    /// <summary>The key as it goes over the wire.</summary>
    public byte[] Key => key;

    /// <summary>What is carried out. Whatever comes on top of an invalidation makes it a delete: else a value would stay that is too old even as a stale one.</summary>
    public MissedKind Kind { get; private set; }

    /// <summary>The expiry of a value that is marked as stale, as it goes on the wire; 0: it keeps its own.</summary>
    public long Expiry { get; private set; }

    /// <summary>Whether it is still kept.</summary>
    public bool IsKept { get; set; } = true;

    /// <summary>Where requests on the key went instead: what they have left there must not be found the next time.</summary>
    public IEnumerable<MemcachedServer> WentTo => (IEnumerable<MemcachedServer>?)_others ?? (_first is { } first ? [first] : []);

    /// <summary>The first of what is missed.</summary>
    public void Begin(MissedKind kind, long expiry)
    {
        Kind = kind;
        Expiry = expiry;
    }

    /// <summary>Takes more.</summary>
    public void Add(MissedKind kind, long expiry)
    {
        Kind = Kind == MissedKind.Invalidate && kind == MissedKind.Invalidate ? kind
            : Kind == MissedKind.Write && kind == MissedKind.Write ? kind
            : MissedKind.Delete;
        Expiry = expiry;
    }

    /// <summary>A request went elsewhere.</summary>
    public void Went(MemcachedServer server)
    {
        if (_first is null)
        {
            _first = server;
        }
        else if (_first != server && _others?.Contains(server) != true)
        {
            (_others ??= [_first]).Add(server);
        }
    }
}
