using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedCache;
using TypedCache.Benchmarks.WebApi;

// WebApi --cache typedcache|redis --server host:port --port number; the servers hold what benchmarks/Throughput stores.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.ListenLocalhost(int.Parse(builder.Configuration["port"]!), listen => listen.Protocols = HttpProtocols.Http1);
});
var app = builder.Build();
var server = builder.Configuration["server"]!;
if (builder.Configuration["cache"] == "redis")
{
    var redis = await ConnectionMultiplexer.ConnectAsync(server);
    RedisPages.Map(app, redis.GetDatabase());
}
else
{
    MemcachedPages.Map(app, MemcachedPool.Connect(server).CreateClient<IPageCache>());
}

await app.RunAsync();
