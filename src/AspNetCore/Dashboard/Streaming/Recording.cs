using Microsoft.Extensions.Logging;
using TypedCache.Shared;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Records while somebody looks, and takes a sample at once and then each second.</summary>
internal sealed class Recording : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Action<Recording, SampleFrames> _send;
    private readonly Recorder _recorder;
    private readonly Sampler _sampler;
    private readonly PeriodicTimer _timer;
    private readonly ILogger _logger;
    private readonly OncePerMinute _failures;
    private readonly CancellationTokenSource _ended = new();

    public Recording(IEnumerable<TypedCacheDashboardComparison> comparisons, ShownPools pools, TimeProvider time, ILogger logger, Action<Recording, SampleFrames> send)
    {
        _send = send;
        _logger = logger;
        _failures = new OncePerMinute(time);
        _timer = new PeriodicTimer(Interval, time);
        _recorder = new Recorder(comparisons);
        _sampler = new Sampler(_recorder, pools, time, _ended.Token);
    }

    /// <summary>Begins.</summary>
    public void Start()
    {
        _recorder.Start();

        // It outlives the request of the first who looks.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(RunAsync);
        }
    }

    public void Dispose()
    {
        _recorder.Dispose();
        _timer.Dispose();
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        do
        {
            try
            {
                _send(this, _sampler.Take());
            }
            catch (Exception exception)
            {
                // The pools of an application that ends are gone.
                if (!_ended.IsCancellationRequested && _failures.IsDue())
                {
                    _logger.SampleFailed(exception);
                }
            }
        }
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false));
    }
}
