using System.Diagnostics;
using System.Net.Http.Json;
using System.Threading.Channels;
using Storefront.Endpoints;

namespace Storefront.Load;

/// <summary>
/// Visitors of the shop. They come at a rate, whether or not it keeps up, and wait from the moment at which they come. At most 64 requests are under
/// way: more visitors queue, and leave where the queue is two seconds long. So the generator never pulls a machine down.
/// </summary>
/// <param name="options">What is asked for.</param>
/// <param name="output">Where it says what it sees.</param>
internal sealed class LoadGenerator(LoadOptions options, TextWriter output)
{
    private const int MostInFlight = 64;
    private const int VisitorCount = 256;
    private const int Seed = 16;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(2);

    private readonly Tally _tally = new();

    /// <summary>Goes on until it is told to end, or its time is over, or nobody has answered for ten seconds.</summary>
    /// <returns>What it has seen.</returns>
    /// <exception cref="HttpRequestException">No shop answers at the address.</exception>
    public async Task<Tally> RunAsync(CancellationToken cancellationToken)
    {
        using var client = CreateClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var figures = await GetFiguresAsync(client, cancellationToken);
        var random = new Random(Seed);
        var visits = new Visits(figures, options.Bypass, random);
        var visitors = await InviteAsync(client, visits, cancellationToken);

        var queue = Channel.CreateBounded<Visit>((int)Math.Max(1, options.Rate * LongestQueue.TotalSeconds));
        var workers = Enumerable.Range(0, MostInFlight).Select(_ => Task.Run(() => WorkAsync(queue.Reader, ended.Token), CancellationToken.None)).ToList();
        var report = new LoadReport(_tally, options, output).RunAsync(() => GetFiguresAsync(client, CancellationToken.None), ended);
        if (options.Duration is { } duration)
        {
            ended.CancelAfter(duration);
        }

        // On a thread of its own, which sleeps for a millisecond; timers may be four milliseconds late.
        await Task.Factory.StartNew(
            () => Come(queue.Writer, visits, visitors, random, ended.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(workers);
        await report;
        return _tally;
    }

    private HttpClient CreateClient() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = MostInFlight + 1 })
    {
        BaseAddress = options.Address,
        Timeout = Patience,
    };

    private static async Task<Figures> GetFiguresAsync(HttpClient client, CancellationToken cancellationToken) =>
        await client.GetFromJsonAsync("/api/figures", ShopJson.Default.Figures, cancellationToken) ?? throw new HttpRequestException("It is no storefront.");

    private static async Task<LoadVisitor[]> InviteAsync(HttpClient client, Visits visits, CancellationToken cancellationToken)
    {
        var visitors = new LoadVisitor[VisitorCount];
        for (var i = 0; i < visitors.Length; i++)
        {
            visitors[i] = new LoadVisitor(client);
            await visitors[i].ChooseAsync(visits.DrawCity(), cancellationToken);
        }

        return visitors;
    }

    private void Come(ChannelWriter<Visit> queue, Visits visits, LoadVisitor[] visitors, Random random, CancellationToken cancellationToken)
    {
        var arrivals = new Arrivals(options.Rate, random);
        while (!cancellationToken.IsCancellationRequested)
        {
            Thread.Sleep(Tick);
            foreach (var due in arrivals.Take())
            {
                var (request, isCached) = visits.Next();
                if (!queue.TryWrite(new Visit(visitors[random.Next(visitors.Length)], request, isCached, due)))
                {
                    _tally.Skip();
                }
            }
        }

        queue.Complete();
    }

    private async Task WorkAsync(ChannelReader<Visit> queue, CancellationToken cancellationToken)
    {
        try
        {
            // Each visit wakes one worker; WaitToReadAsync would wake all.
            while (true)
            {
                await MakeAsync(await queue.ReadAsync(cancellationToken), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            // Who waits for an answer when it ends is not counted: neither as answered, nor as failed.
        }
    }

    private async Task MakeAsync(Visit visit, CancellationToken cancellationToken)
    {
        using var request = visit.Request;
        try
        {
            await visit.Visitor.SendAsync(request, cancellationToken);
            (visit.IsCached ? _tally.On : _tally.Off).Record(Stopwatch.GetElapsedTime(visit.Due));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                _tally.Fail($"{request.Method} {request.RequestUri}: {(exception is HttpRequestException ? exception.Message : $"no answer within {Patience.TotalSeconds:0} s")}");
            }
        }
    }

    /// <summary>A request that somebody has come for.</summary>
    private readonly record struct Visit(LoadVisitor Visitor, HttpRequestMessage Request, bool IsCached, long Due);
}
