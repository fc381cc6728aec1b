using BenchmarkDotNet.Running;
using TypedCache.Benchmarks.Allocations;

// dotnet run -c Release --project benchmarks/Allocations
BenchmarkRunner.Run<CallBenchmarks>(args: args);
