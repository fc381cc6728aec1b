using System.Diagnostics;
using TypedCache;
using TypedCache.AotSmoke.StringsOnly;

// The least that a cache client needs: its size is what the package costs a native program.
var clock = Stopwatch.StartNew();
await using var pool = args is [var servers] ? MemcachedPool.Connect(servers) : MemcachedPool.InMemory();
var texts = pool.CreateClient<ITextCache>();
await texts.SetAsync(1, "one");
var read = await texts.GetAsync(1);
Console.WriteLine($"first value after {clock.Elapsed.TotalMilliseconds:F1} ms");
return read == "one" && await texts.DeleteAsync(1) && await texts.GetAsync(1) is null ? 0 : 1;
