namespace Atlas;

/// <summary>What the command line asks for.</summary>
/// <param name="Servers">The memcached servers, as <c>MemcachedPool.Connect</c> takes them; null for embedded ones.</param>
/// <param name="Lookups">How many cities are looked up in each measured round.</param>
/// <param name="Callers">How many callers look up at once.</param>
/// <param name="Seed">Decides which cities are looked up, in which order.</param>
/// <param name="Database">Where the SQLite database is made and kept; null for a temporary file.</param>
internal sealed record AtlasOptions(string? Servers, int Lookups, int Callers, int Seed, FileInfo? Database);
