using System.Text;
using BenchmarkDotNet.Attributes;
using TypedCache.Hashing;

namespace TypedCache.Benchmarks.Hashing;

/// <summary>Finding the server of a key of about 20 bytes.</summary>
[MemoryDiagnoser]
public class FindBenchmarks
{
    private const int Keys = 1024;

    private readonly byte[][] _keys = [.. Enumerable.Range(0, Keys).Select(i => Encoding.ASCII.GetBytes($"shop:product:{i * 7919}"))];
    private IHashStrategy _consistent = null!;
    private IHashStrategy _ketama = null!;
    private IHashStrategy _rendezvous = null!;
    private IHashStrategy _weighted = null!;

    [Params(3, 10, 100)]
    public int Servers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _consistent = HashStrategies.Consistent(Cluster.Of(Servers), HashFunctions.Crc32);
        _ketama = PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.Ketama)(Cluster.Of(Servers), PhpMemcachedHashing.Function(PhpMemcachedHash.Md5));
        _rendezvous = HashStrategies.Rendezvous(Cluster.Of(Servers), HashFunctions.Crc32);
        _weighted = HashStrategies.Rendezvous(Cluster.Weighted(Servers), HashFunctions.Crc32);
    }

    [Benchmark(OperationsPerInvoke = Keys)]
    public int Consistent() => FindAll(_consistent);

    [Benchmark(OperationsPerInvoke = Keys)]
    public int Ketama() => FindAll(_ketama);

    [Benchmark(OperationsPerInvoke = Keys)]
    public int Rendezvous() => FindAll(_rendezvous);

    [Benchmark(OperationsPerInvoke = Keys)]
    public int Rendezvous_with_weights_1_to_3() => FindAll(_weighted);

    private int FindAll(IHashStrategy strategy)
    {
        var sum = 0;
        foreach (var key in _keys)
        {
            sum += strategy.Find(key);
        }

        return sum;
    }
}
