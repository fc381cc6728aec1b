using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

var builder = Host.CreateApplicationBuilder(args);
var pool = MemcachedPool.InMemory();
var (key, codec) = ("web:session:42", CacheCodecs.String);
CancellationToken cancellationToken = default;

public record Session(string User);
