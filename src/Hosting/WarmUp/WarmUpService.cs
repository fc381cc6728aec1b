using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedCache.Hosting;

/// <summary>Connects a pool before the other services of the application start.</summary>
internal sealed class WarmUpService(PoolRegistration registration, Func<MemcachedPool> pool, ILogger logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var options = new TypedCacheWarmUpOptions();
        registration.WarmUp?.ForEach(configure => configure(options));
        try
        {
            await WarmUpAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception reason) when (!options.FailStart && !cancellationToken.IsCancellationRequested)
        {
            logger.NotWarmedUp(registration.Title, reason.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WarmUpAsync(TypedCacheWarmUpOptions options, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await AwaitServersAsync(options.Timeout, cancellationToken).ConfigureAwait(false);
        var left = options.Timeout - Stopwatch.GetElapsedTime(started);
        var replies = await pool().PingAsync(TimeSpan.Zero, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        var failed = replies.Where(static reply => !reply.Answered).ToList();
        if (failed.Count > 0)
        {
            throw new MemcachedException(
                $"{failed.Count} of {replies.Count} memcached servers of {registration.Title} cannot be reached: {string.Join(' ', failed.Select(static reply => reply.Error!.Message))}",
                failed[0].Error);
        }

        logger.WarmedUp(registration.Title, replies.Count);
    }

    private async Task AwaitServersAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await pool().WaitForServersAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var state = pool().DiscoveryState;
            throw new MemcachedException($"{state?.Source} named no servers of {registration.Title} within {timeout.TotalMilliseconds:0} ms. {state?.Failure?.Message}".TrimEnd(), state?.Failure);
        }
    }
}
