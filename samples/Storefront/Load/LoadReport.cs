using System.Diagnostics;
using System.Globalization;
using Storefront.Endpoints;

namespace Storefront.Load;

/// <summary>Says every second what the visitors see: on one line that changes, or on one line each where the output is not a terminal.</summary>
/// <param name="tally">What they see.</param>
/// <param name="options">What was asked for.</param>
/// <param name="output">Where it is said.</param>
internal sealed class LoadReport(Tally tally, LoadOptions options, TextWriter output)
{
    private const int Width = 150;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Reports until the end, and then says what there was in all.</summary>
    /// <param name="getFigures">Asks the shop what it has done.</param>
    /// <param name="ended">Cancelled at the end; it is cancelled here if the shop has gone.</param>
    public async Task RunAsync(Func<Task<Figures>> getFigures, CancellationTokenSource ended)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Rate:N0} visitors a second come to {options.Address}; {options.Bypass:P0} of the pages are made without the caches. Ctrl+C ends it."));
        var started = Stopwatch.GetTimestamp();
        var (first, last) = (await Moment.TakeAsync(tally, getFigures, null), started);
        var (before, answered) = (first, started);
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                var now = await Moment.TakeAsync(tally, getFigures, before.Figures);
                answered = now.Answers > before.Answers ? Stopwatch.GetTimestamp() : answered;
                Show(Line(Stopwatch.GetElapsedTime(started), Stopwatch.GetElapsedTime(last), before, now));
                (before, last) = (now, Stopwatch.GetTimestamp());
                if (Stopwatch.GetElapsedTime(answered) > Patience)
                {
                    await output.WriteLineAsync($"\nNobody has answered for {Patience.TotalSeconds:0} seconds: {tally.LastError}");
                    await ended.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // As it ends.
        }

        await SumUpAsync(Stopwatch.GetElapsedTime(started), first, await Moment.TakeAsync(tally, getFigures, before.Figures));
    }

    private static string Line(TimeSpan elapsed, TimeSpan interval, Moment before, Moment now)
    {
        var seconds = interval.TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed.TotalSeconds,5:0} s {(now.Answers - before.Answers) / seconds,7:N0} req/s  with caches p50 {At(0.5, before.On, now.On)} p99 {At(0.99, before.On, now.On)}  without p50 {At(0.5, before.Off, now.Off)} p99 {At(0.99, before.Off, now.Off)}  errors {now.Errors:N0}")
            + (now.Skipped > before.Skipped ? string.Create(CultureInfo.InvariantCulture, $"  skipped {now.Skipped:N0}") : "")
            + string.Create(CultureInfo.InvariantCulture, $"  hits {HitRate(before, now)}  queries {(now.Figures.Queries - before.Figures.Queries) / seconds:N0}/s");
    }

    private void Show(string line)
    {
        if (Console.IsOutputRedirected)
        {
            output.WriteLine(line);
        }
        else
        {
            output.Write($"\r{line.PadRight(Width)}");
        }
    }

    private async Task SumUpAsync(TimeSpan elapsed, Moment first, Moment now)
    {
        var seconds = elapsed.TotalSeconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""


            In {seconds:0} s: {now.Answers - first.Answers:N0} answers, {(now.Answers - first.Answers) / seconds:N0} a second; {now.Errors:N0} failed, {now.Skipped:N0} were not sent.
                                     answers        p50        p90        p99
              with caches         {now.On.Sum(),10:N0} {At(0.5, first.On, now.On)} {At(0.9, first.On, now.On)} {At(0.99, first.On, now.On)}
              without             {now.Off.Sum(),10:N0} {At(0.5, first.Off, now.Off)} {At(0.9, first.Off, now.Off)} {At(0.99, first.Off, now.Off)}
            Hits: {HitRate(first, now)} of {now.Figures.Asked - first.Figures.Asked:N0} values. Queries of the database: {now.Figures.Queries - first.Figures.Queries:N0}, {(now.Figures.Queries - first.Figures.Queries) / seconds:N1} a second.
            """));
        if (now.Errors > 0)
        {
            await output.WriteLineAsync($"The last failure: {tally.LastError}");
        }
    }

    private static string HitRate(Moment before, Moment now)
    {
        var asked = now.Figures.Asked - before.Figures.Asked;
        return asked == 0 ? "-" : (1 - ((double)(now.Figures.Created - before.Figures.Created) / asked)).ToString("P1", CultureInfo.InvariantCulture);
    }

    private static string At(double part, long[] before, long[] after) => Latencies.At(part, before, after) is { } latency
        ? string.Create(CultureInfo.InvariantCulture, $"{latency.TotalMilliseconds,7:0.00} ms")
        : "         -";

    /// <summary>What had been seen at a moment.</summary>
    private sealed record Moment(long[] On, long[] Off, long Errors, long Skipped, Figures Figures)
    {
        public long Answers => On.Sum() + Off.Sum();

        public static async Task<Moment> TakeAsync(Tally tally, Func<Task<Figures>> getFigures, Figures? last)
        {
            var figures = last;
            try
            {
                figures = await getFigures();
            }
            catch (Exception exception) when (last is not null && exception is HttpRequestException or OperationCanceledException)
            {
                // The shop has gone, or this ends: what is known stays.
            }

            return new Moment(tally.On.Snapshot(), tally.Off.Snapshot(), tally.Errors, tally.Skipped, figures!);
        }
    }
}
