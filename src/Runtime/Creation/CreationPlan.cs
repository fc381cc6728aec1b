using System.Runtime.CompilerServices;
using TypedCache.Pool;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>What one caller asked for: which value, how it is made, and how it is stored.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal abstract class CreationPlan<T>(byte[] key, OperationRouter router, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, CreationTelemetry telemetry)
    : IAuditable
{
    /// <summary>The key as it goes over the wire.</summary>
    public byte[] Key { get; } = key;

    /// <summary>The servers that there were when the caller asked.</summary>
    public OperationRouter Router { get; } = router;

    /// <summary>What is told of the creation.</summary>
    public CreationTelemetry Telemetry => telemetry;

    /// <summary>What the key is called in telemetry.</summary>
    public KeyTemplate? Template => telemetry.Template;

    public ICacheCodec<T> Codec { get; } = codec;

    public GetOrCreateOptions Options { get; } = options;

    /// <summary>Runs the caller's create function.</summary>
    /// <returns>The item; null where the function said nothing of this key.</returns>
    public abstract ValueTask<CacheItem<T>?> CreateAsync(CancellationToken cancellationToken);

    /// <summary>Runs the caller's create function and nothing else: what it gives is compared, and not stored.</summary>
    /// <inheritdoc cref="CreateAsync" path="/returns"/>
    public virtual ValueTask<CacheItem<T>?> CreateUnstoredAsync(CancellationToken cancellationToken) => CreateAsync(cancellationToken);

    /// <summary>Whether a value that was created is the one that is stored, as far as their bytes tell.</summary>
    public virtual bool IsSame(ValuePipeline pipeline, T? stored, T? created) => pipeline.AreSame(Codec, stored, created);

    /// <summary>Whether a value on a server still holds, apart from what the server says of it.</summary>
    public virtual ValueTask<bool> HoldsAsync(T stored) => ValueTask.FromResult(true);

    /// <inheritdoc/>
    public ValueTask<AuditOutcome> AuditAsync(CreationBroker broker) => new AuditRun<T>(broker, this).RunAsync();

    /// <summary>For how many seconds a server has an item that is stored now, without jitter; null: for ever, or until a point in time.</summary>
    public long? LifeOf(CacheItem<T>? item) => (item?.Expires ?? expires ?? Options.Expires).Extend(Options.Stale).RelativeSeconds;

    /// <summary>Whether a stale value is stored again with <see cref="RenewAsync"/> when the create function has failed.</summary>
    public virtual bool Renews => false;

    /// <summary>A stale value as it is stored again, to count as fresh for a while, when the create function has failed.</summary>
    /// <returns>A miss if it must not be.</returns>
    public virtual ValueTask<CacheValue<T>> RenewAsync(T value) => ValueTask.FromResult(new CacheValue<T>(value));

    /// <summary>When an item that is stored now is to be created again.</summary>
    public CacheExpiry ExpiryOf(CacheItem<T> item) =>
        (item.Expires ?? expires ?? Options.Expires).WithJitter(Options.Jitter);

    /// <summary>Whether an item is stored.</summary>
    public bool IsStored(CacheItem<T> item) => item.IsCached && (Options.CacheNull || item.Value is not null);
}

/// <summary>A plan whose create function gets a state, so that it needs no closure.</summary>
internal sealed class CreationPlan<TState, T>(
    byte[] key, OperationRouter router, TState state, CreateFunction<TState, T> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, CreationTelemetry telemetry)
    : CreationPlan<T>(key, router, codec, options, expires, telemetry)
{
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public override async ValueTask<CacheItem<T>?> CreateAsync(CancellationToken cancellationToken) =>
        await create.InvokeAsync(state, cancellationToken).ConfigureAwait(false);
}
