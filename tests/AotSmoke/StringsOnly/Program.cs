using System.Diagnostics;
using TypedCache;
using TypedCache.AotSmoke.StringsOnly;

// The least that a cache client needs: its size is what the package costs a native program. The argument is the list of servers.
var clock = Stopwatch.StartNew();
#if WITHOUT_ZLIB
await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions(TypedCache.Values.CompressionOptions.WithoutZlib()).AddServers(args[0]));
#else
await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions().AddServers(args[0]));
#endif
var texts = pool.CreateClient<ITextCache>();
await texts.SetAsync(1, "one");
var read = await texts.GetAsync(1);
Console.WriteLine($"first value after {clock.Elapsed.TotalMilliseconds:F1} ms");
return read == "one" && await texts.DeleteAsync(1) && await texts.GetAsync(1) is null ? 0 : 1;
