namespace TypedCache.Generator.Model;

/// <summary>How emitted code names the codec of a value type.</summary>
/// <param name="Expression">
/// A C# expression of type <c>ICacheCodec&lt;T&gt;</c>: a built-in one such as <c>global::TypedCache.Values.CacheCodecs.String</c>,
/// or the instance of a codec emitted into the same file, such as <c>ProductCodec.Instance</c>.
/// </param>
internal sealed record CodecReference(string Expression);
