using Microsoft.Extensions.Time.Testing;
using TypedCache.Tests.Near;
using TypedCache.Tests.Telemetry;
using TypedCache.Values;
using static TypedCache.TypedCacheTelemetry;

namespace TypedCache.Tests.Creation;

/// <summary>A pool all of whose hits are audited, and what it tells of them.</summary>
internal sealed class AuditScene : IDisposable
{
    public static readonly KeyTemplate Template = new("shop", "audited:{id}");

    public static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(10), Audit = 1 };

    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NearPools _pools;
    private readonly MeterProbe _probe = new(Instruments.Audits, Instruments.AuditMismatchAge);

    public AuditScene(Action<MemcachedPoolOptions>? configure = null)
    {
        _pools = new NearPools();
        Pool = _pools.Join(options =>
        {
            options.LoggerFactory = Log;
            configure?.Invoke(options);
        });
    }

    public MemcachedPool Pool { get; }

    /// <summary>Another process, which audits nothing.</summary>
    public MemcachedPool Other => _pools.Pool;

    public LogProbe Log { get; } = new();

    public FakeTimeProvider Time => _pools.Time;

    /// <summary>What came of audits, summed up: <c>match 1, mismatch 2</c>.</summary>
    public string Outcomes => _probe.Sums(Instruments.Audits, Attributes.Outcome);

    /// <summary>What was thrown in audits.</summary>
    public IEnumerable<object?> Errors => _probe.Of(Instruments.Audits).Select(static audit => audit.Tags.GetValueOrDefault(Attributes.ErrorType)).OfType<object>();

    /// <summary>For how long values had been stored that differ, in seconds.</summary>
    public IEnumerable<double> Ages => _probe.Of(Instruments.AuditMismatchAge).Select(static age => age.Value);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask<string> GetAsync(string value, GetOrCreateOptions? options = null) => GetAsync(_ => ValueTask.FromResult(value), options);

    public ValueTask<string> GetAsync(Func<CancellationToken, ValueTask<string>> create, GetOrCreateOptions? options = null, KeyTemplate? template = null) =>
        Pool.GetOrCreateAsync("k", create, CacheCodecs.String, options ?? Options, cancellationToken: Token, template: template ?? Template);

    /// <summary>Lets the clock go on until audits have come to an end.</summary>
    public async Task UntilAsync(string outcomes)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (Outcomes != outcomes)
        {
            Assert.True(waited.Elapsed < Patience, $"'{outcomes}' did not come, but '{Outcomes}'");
            _pools.Advance(0.02);
            await Task.Delay(1, Token);
        }
    }

    /// <summary>What the server is asked from now on.</summary>
    public void ForgetAsked() => _pools.Forget();

    /// <summary>Fails if the server was asked to change anything.</summary>
    public void AssertNothingWritten() => Assert.All(_pools.Asked, static asked => Assert.True(asked.StartsWith("mg ", StringComparison.Ordinal) && !asked.Contains(" T", StringComparison.Ordinal), asked));

    public void Advance(double seconds) => _pools.Advance(seconds);

    public void Dispose()
    {
        _probe.Dispose();
        _pools.Dispose();
    }
}
