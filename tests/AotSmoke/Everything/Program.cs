using System.Diagnostics;
using TypedCache;
using TypedCache.AotSmoke;

// Without an argument over embedded servers, else over those which the argument lists.
var clock = Stopwatch.StartNew();
await using var pool = args is [var servers] ? MemcachedPool.Connect(servers) : MemcachedPool.InMemory(servers: 3);
var values = pool.CreateClient<IValueCache>();
await values.SetTextAsync(1, "first");
await values.GetTextAsync(1);
Console.WriteLine($"first value after {clock.Elapsed.TotalMilliseconds:F1} ms");

var check = new Check();
await new ValueChecks(values, check).RunAsync();
await new OperationChecks(pool.CreateClient<IOperationCache>(), check).RunAsync();
Console.WriteLine($"{check.Count} checks, {check.Failures} failures");
return check.Failures == 0 ? 0 : 1;
