using System.Diagnostics;
using System.Globalization;
using TypedCache.Benchmarks.WebLoad;

// WebLoad port path connections seconds: prints requests per second, the median and the 99th percentile in
// microseconds, and how many requests there were in all, those before the measurement included.
var duration = TimeSpan.FromSeconds(double.Parse(args[3], CultureInfo.InvariantCulture));
using var visit = new Visit(int.Parse(args[0]), args[1], int.Parse(args[2]));
var before = visit.Run(duration / 10).Count;
var begin = Stopwatch.GetTimestamp();
var latencies = visit.Run(duration);
var perSecond = latencies.Count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
latencies.Sort();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.0} {At(0.5):0.0} {At(0.99):0.0} {before + latencies.Count}"));

double At(double part) => latencies[(int)(part * (latencies.Count - 1))] * 1e6 / Stopwatch.Frequency;
