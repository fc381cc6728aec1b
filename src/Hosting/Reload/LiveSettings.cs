using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace TypedCache.Hosting;

/// <summary>
/// Keeps a pool up to date with its settings. What cannot be read or used leaves the pool as it is and is logged: <c>IOptionsMonitor</c>
/// would throw it at whoever loads the configuration, so that its change tokens are observed here.
/// </summary>
internal sealed class LiveSettings(
    PoolRegistration registration,
    IServiceProvider services,
    IOptionsFactory<TypedCacheSettings> factory,
    IEnumerable<IOptionsChangeTokenSource<TypedCacheSettings>> sources,
    ILogger logger) : IDisposable
{
    /// <summary>How long to wait for another change: file providers tell of one twice.</summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<IDisposable> _subscriptions = [];
    private PoolUpdate? _update;
    private TypedCacheSettings? _settings;
    private ITimer? _timer;
    private volatile bool _disposed;

    /// <summary>Begins to look for changes. Called once.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="settings">The settings that it was created with.</param>
    /// <param name="options">The options that it was created with.</param>
    /// <param name="isEmbedded">Whether its servers are embedded ones, which no setting names.</param>
    public void Follow(MemcachedPool pool, TypedCacheSettings settings, MemcachedPoolOptions options, bool isEmbedded)
    {
        _settings = settings;
        _update = new PoolUpdate(pool, options, isEmbedded);
        _timer = options.TimeProvider.CreateTimer(_ => _ = ApplyAsync(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var source in sources)
        {
            if (source.Name is null || source.Name == registration.OptionsName)
            {
                _subscriptions.Add(ChangeToken.OnChange(source.GetChangeToken, () => _timer.Change(Delay, Timeout.InfiniteTimeSpan)));
            }
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _subscriptions.ForEach(static subscription => subscription.Dispose());
        _timer?.Dispose();
    }

    private async Task ApplyAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_disposed)
            {
                await ApplyOnceAsync().ConfigureAwait(false);
            }
        }
        catch (ObjectDisposedException)
        {
            // The application ends.
        }
        catch (OptionsValidationException refused)
        {
            logger.SettingsRefused(registration.Title, string.Join(' ', refused.Failures));
        }
        catch (Exception refused)
        {
            // Also what the application's own code throws: the pool is as good as before.
            logger.SettingsRefused(registration.Title, refused.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task ApplyOnceAsync()
    {
        var settings = factory.Create(registration.OptionsName);
        var options = PoolCreation.OptionsFrom(services, registration, settings);
        if (options.Servers.Count == 0 && options.Discovery is null && !_update!.IsEmbedded)
        {
            throw new OptionsValidationException(registration.OptionsName, typeof(TypedCacheSettings), [registration.NoServers]);
        }

        var applied = await _update!.ApplyAsync(options).ConfigureAwait(false);
        if (applied.Count > 0)
        {
            logger.SettingsApplied(registration.Title, string.Join(", ", applied));
        }

        foreach (var name in SettingsDifference.Find(_settings!, settings).Concat(ServersThatAreNotUsed(settings)))
        {
            logger.NeedsRestart(registration.Title, name);
        }

        _settings = settings;
    }

    // Those of UseInMemory are meant to stay.
    private IEnumerable<string> ServersThatAreNotUsed(TypedCacheSettings settings)
    {
        var areUnused = registration.EmbeddedServers is null && _update!.NeedsRestart;
        if (areUnused && !settings.Servers.SequenceEqual(_settings!.Servers))
        {
            yield return nameof(TypedCacheSettings.Servers);
        }

        if (areUnused && settings.Discovery != _settings!.Discovery)
        {
            yield return nameof(TypedCacheSettings.Discovery);
        }
    }
}
