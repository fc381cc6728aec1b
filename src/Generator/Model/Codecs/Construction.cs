namespace TypedCache.Generator.Model.Codecs;

/// <summary>How an object is made.</summary>
/// <param name="Function">What stands before the arguments: <c>new global::N.Product</c>, or an accessor; null means <c>default</c>.</param>
/// <param name="Arguments">The locals of the members that the constructor takes.</param>
internal sealed record Construction(string? Function, EquatableArray<string> Arguments);
