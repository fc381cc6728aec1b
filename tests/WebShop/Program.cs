using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TypedCache;
using TypedCache.WebShop;

var builder = WebApplication.CreateSlimBuilder(args);
var name = builder.Configuration["Name"] ?? throw new InvalidOperationException("Name is not set.");
var recordedMetrics = new RecordedMetrics();
var recordedSpans = new RecordedSpans();

builder.AddTypedCache("cache")
    .AddClients()
    .AddDistributedCache(static options => options.InstanceName = "shop:")
    .AddOutputCache()
    .AddHealthCheck()
    .WarmUp();

builder.Services.AddDataProtection()
    .SetApplicationName("shop")
    .PersistKeysToFileSystem(new DirectoryInfo(builder.Configuration["Keys"]!));
AddSession(builder.Services);
builder.Services.AddOpenTelemetry()
    .WithMetrics(metrics => metrics.AddTypedCacheInstrumentation().AddInMemoryExporter(recordedMetrics.Collected))
    .WithTracing(traces => traces.AddSource("Microsoft.AspNetCore").AddTypedCacheInstrumentation(operations: true).AddProcessor(recordedSpans));

var app = builder.Build();
app.UseSession();
app.UseOutputCache();

app.MapGet("/product/{id:int}", async (int id, IShopCache cache, CancellationToken cancellationToken) =>
    $"{await cache.GetOrCreateProductAsync(id, CreateAsync, cancellationToken)}");
app.MapGet("/views/{id:int}", async (int id, IShopCache cache) =>
    (await cache.IncrementViewsAsync(id)).ToString(CultureInfo.InvariantCulture));
app.MapGet("/visits", static (HttpContext context) => CountVisit(context.Session).ToString(CultureInfo.InvariantCulture));
app.MapGet("/page", () => $"{name} {Guid.NewGuid()}").CacheOutput();
app.MapGet("/servers", static (MemcachedPool pool) => string.Join('\n', pool.Servers.Select(static server => server.Name)));
app.MapGet("/metrics", recordedMetrics.Show);
app.MapGet("/spans", recordedSpans.Show);
app.MapHealthChecks("/ready");
app.MapTypedCacheDashboard();
await app.RunAsync();

async ValueTask<Product> CreateAsync(int id, CancellationToken cancellationToken)
{
    await Task.Delay(100, cancellationToken);
    return new Product(id, $"Product {id}", name);
}

static int CountVisit(ISession session)
{
    var visits = (session.GetInt32("visits") ?? 0) + 1;
    session.SetInt32("visits", visits);
    return visits;
}

// What is kept here are numbers, which no trimming harms. The test runs it as native code.
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Sessions hold bytes, and their middleware is named here.")]
static void AddSession(IServiceCollection services) => services.AddSession();
