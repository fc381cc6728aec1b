using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache.Pool.Moves;

/// <summary>A read that may be asked again, of another server.</summary>
/// <param name="first">The read as it was asked first.</param>
/// <param name="codec">Reads the value's bytes.</param>
/// <param name="pipeline">Takes them from the wire.</param>
internal sealed class RepeatedRead<T>(ReadOperation<T> first, ICacheCodec<T> codec, ValuePipeline pipeline)
{
    private readonly KeyTemplate? _template = first.Request.Template;
    private readonly long _expiry = first.Request.Expiry;
    private readonly bool _wantsCas = first.Request.WantsCas;

    /// <summary>The key as it goes over the wire.</summary>
    public byte[] Key { get; } = first.Request.Key.ToArray();

    /// <summary>Whether it gives the value a new expiry.</summary>
    public bool Touches { get; } = first.Request.Verb == Verb.GetAndTouch;

    /// <summary>The same read once more.</summary>
    public ReadOperation<T> Rent()
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(Touches ? Verb.GetAndTouch : Verb.Get, Key, _template);
        operation.Decode(codec, pipeline);
        operation.Request.Expiry = _expiry;
        operation.Request.WantsCas = _wantsCas;
        return operation;
    }
}
