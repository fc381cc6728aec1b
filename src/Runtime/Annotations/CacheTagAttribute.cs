namespace TypedCache;

/// <summary>
/// A tag of the values of a method: all values with one tag can be invalidated by one call. On a method with
/// <see cref="CacheKeyAttribute"/> that reads or stores, it says which tags the values have. On a method without one, whose name begins
/// with <c>Invalidate</c>, <c>Remove</c> or <c>Delete</c>, it says which tag is invalidated.
/// </summary>
/// <param name="template">
/// The tag, as a template over the parameters of the method, as in <see cref="CacheKeyAttribute"/>; its key is the client's prefix,
/// <c>~t:</c> and the template.
/// </param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class CacheTagAttribute(string template) : Attribute
{
    /// <summary>The template.</summary>
    public string Template { get; } = template;
}
