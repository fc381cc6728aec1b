using BenchmarkDotNet.Attributes;
using TypedCache.Hashing;

namespace TypedCache.Benchmarks.Hashing;

/// <summary>Building what finds the servers of keys.</summary>
[MemoryDiagnoser]
public class TopologyBenchmarks
{
    private static readonly IHashFunction Md5 = PhpMemcachedHashing.Function(PhpMemcachedHash.Md5);
    private static readonly IHashFunction OneAtATime = PhpMemcachedHashing.Function(PhpMemcachedHash.OneAtATime);

    private readonly HashServer[] _thousand = Cluster.Of(1000);
    private readonly HashServer[] _heavy = Cluster.Of(100, weight: 100);

    [Benchmark]
    public IHashStrategy Standard_1000() => HashStrategies.Standard(_thousand, HashFunctions.Crc32);

    [Benchmark]
    public IHashStrategy Consistent_1000() => HashStrategies.Consistent(_thousand, HashFunctions.Crc32);

    [Benchmark]
    public IHashStrategy Rendezvous_1000() => HashStrategies.Rendezvous(_thousand, HashFunctions.Crc32);

    [Benchmark]
    public IHashStrategy PhpConsistent_1000() => PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.Consistent)(_thousand, OneAtATime);

    [Benchmark]
    public IHashStrategy Ketama_1000() => PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.Ketama)(_thousand, Md5);

    [Benchmark]
    public IHashStrategy Ketama_1000_sorted() => PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.Ketama, sortHosts: true)(_thousand, Md5);

    [Benchmark]
    public IHashStrategy Consistent_100_of_weight_100() => HashStrategies.Consistent(_heavy, HashFunctions.Crc32);
}
