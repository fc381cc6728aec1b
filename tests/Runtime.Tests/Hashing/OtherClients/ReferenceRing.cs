namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>A ring as a client builds it: a sorted table of points, in which a later server overwrites an earlier one.</summary>
internal sealed class ReferenceRing
{
    private readonly SortedList<uint, int> _points = [];

    private uint Lowest => _points.GetKeyAtIndex(0);

    private uint Highest => _points.GetKeyAtIndex(_points.Count - 1);

    public void Add(uint point, int server) => _points[point] = server;

    public int Ceiling(uint hash) => _points[hash > Highest ? Lowest : _points.Keys.First(point => point >= hash)];

    public int Floor(uint hash) => _points[hash < Lowest ? Highest : _points.Keys.Last(point => point <= hash)];

    public int Enyim(uint hash) => hash < Lowest ? _points[Highest] : Ceiling(hash);
}
