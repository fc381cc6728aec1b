using TypedCache.Hashing;

namespace TypedCache.Tool;

/// <summary>The servers before and after a change. Those with the same host and port are the same.</summary>
/// <param name="Before">The list before.</param>
/// <param name="After">The list afterwards.</param>
internal sealed record ServerLists(IReadOnlyList<MemcachedServerOptions> Before, IReadOnlyList<MemcachedServerOptions> After)
{
    /// <summary>The same lists for strategies that take no <see cref="MemcachedServerOptions.HashName"/>.</summary>
    public ServerLists WithoutHashNames => new(
        [.. Before.Select(static server => server with { HashName = null })], [.. After.Select(static server => server with { HashName = null })]);

    /// <summary>The names of all servers, those of the list before first.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Before.Concat(After).Select(server => server.Name).Distinct()];

    /// <summary>The least share of the keys that has to move if each server is to have what its weight gives it.</summary>
    public double LeastShare => Names.Sum(name => Math.Max(0, (Due(After, name) ?? 0) - (Due(Before, name) ?? 0)));

    /// <summary>The share that the weight of a server gives it in a list; null: it is not there.</summary>
    public static double? Due(IReadOnlyList<MemcachedServerOptions> servers, string name)
    {
        var own = servers.Where(server => server.Name == name).ToList();
        return own.Count == 0 ? null : own.Sum(server => (double)server.Weight) / servers.Sum(server => (double)server.Weight);
    }

    /// <summary>A list as strategies take it.</summary>
    public static HashServer[] Hashed(IReadOnlyList<MemcachedServerOptions> servers) =>
        [.. servers.Select(server => new HashServer(server.Host, server.Port, server.Weight) { Address = server.Address, HashName = server.HashName })];
}
