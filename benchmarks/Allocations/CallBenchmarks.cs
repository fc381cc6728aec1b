using BenchmarkDotNet.Attributes;

namespace TypedCache.Benchmarks.Allocations;

/// <summary>What one call through a generated interface allocates. The embedded server allocates nothing for its part of a read.</summary>
[MemoryDiagnoser]
public class CallBenchmarks
{
    private const int CallsPerInvocation = 1000;
    private readonly byte[] _value = new byte[100];
    private readonly Point _point = new("north", 1.5, -2.5);
    private MemcachedPool _pool = null!;
    private IAllocationCache _cache = null!;

    /// <summary>A server address, or empty for an embedded server.</summary>
    public static string Server => Environment.GetEnvironmentVariable("TYPEDCACHE_SERVER") ?? "";

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _pool = Server.Length == 0 ? MemcachedPool.InMemory() : MemcachedPool.Connect(Server);
        _cache = _pool.CreateClient<IAllocationCache>();
        await _cache.SetBytesAsync(1, _value);
        await _cache.SetPointAsync(1, _point);
    }

    [GlobalCleanup]
    public void Cleanup() => _pool.Dispose();

    [Benchmark(OperationsPerInvoke = CallsPerInvocation)]
    public async Task Hit_of_100_bytes()
    {
        for (var i = 0; i < CallsPerInvocation; i++)
        {
            await _cache.GetBytesAsync(1);
        }
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvocation)]
    public async Task Hit_of_an_object()
    {
        for (var i = 0; i < CallsPerInvocation; i++)
        {
            await _cache.GetPointAsync(1);
        }
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvocation)]
    public async Task Hit_of_GetOrCreate()
    {
        for (var i = 0; i < CallsPerInvocation; i++)
        {
            await _cache.GetOrCreateBytesAsync(1, static (_, _) => throw new InvalidOperationException("the value is there"));
        }
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvocation)]
    public async Task Miss()
    {
        for (var i = 0; i < CallsPerInvocation; i++)
        {
            await _cache.GetBytesAsync(2);
        }
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvocation)]
    public async Task Set()
    {
        for (var i = 0; i < CallsPerInvocation; i++)
        {
            await _cache.SetBytesAsync(1, _value);
        }
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvocation)]
    public async Task Increment()
    {
        for (var i = 0; i < CallsPerInvocation; i++)
        {
            await _cache.IncrementViewsAsync(1);
        }
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvocation)]
    public async Task Delete_of_nothing()
    {
        for (var i = 0; i < CallsPerInvocation; i++)
        {
            await _cache.DeleteBytesAsync(3);
        }
    }
}
