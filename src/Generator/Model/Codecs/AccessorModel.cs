namespace TypedCache.Generator.Model.Codecs;

/// <summary>An <c>[UnsafeAccessor]</c> method of a codec.</summary>
/// <param name="Method">Its name in the codec.</param>
/// <param name="Target">The name of the setter which it calls; null for a constructor.</param>
/// <param name="ReturnType">The type which it gives.</param>
/// <param name="Parameters">Its parameters in C#.</param>
internal sealed record AccessorModel(string Method, string? Target, string ReturnType, string Parameters)
{
    /// <summary>
    /// The type parameters and constraints of the generic type which declares the setter or constructor: the runtime finds it only
    /// from a generic class with the same ones. Null if it is not generic.
    /// </summary>
    public GenericHolder? Holder { get; init; }
}

/// <param name="Name">The class which holds the accessor, without type parameters.</param>
/// <param name="Parameters">For example <c>&lt;TKey, TValue&gt;</c>.</param>
/// <param name="Constraints">One <c>where</c> clause each.</param>
internal sealed record GenericHolder(string Name, string Parameters, EquatableArray<string> Constraints);
