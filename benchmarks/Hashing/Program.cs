using BenchmarkDotNet.Running;
using TypedCache.Benchmarks.Hashing;

// dotnet run -c Release --project benchmarks/Hashing -- --filter "*" [--job short]
BenchmarkSwitcher.FromTypes([typeof(FindBenchmarks), typeof(TopologyBenchmarks)]).Run(args);
