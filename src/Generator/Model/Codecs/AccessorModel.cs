namespace TypedCache.Generator.Model.Codecs;

/// <summary>An <c>[UnsafeAccessor]</c> method of a codec.</summary>
/// <param name="Method">Its name in the codec.</param>
/// <param name="Kind">What it reaches.</param>
/// <param name="Target">The name of what it reaches; null for a constructor.</param>
/// <param name="ReturnType">The type that it gives.</param>
/// <param name="Parameters">Its parameters in C#.</param>
/// <param name="IsPrivate">Whether C# does not let the codec reach it at all; else only not in this way.</param>
internal sealed record AccessorModel(string Method, AccessorKind Kind, string? Target, string ReturnType, string Parameters, bool IsPrivate)
{
    /// <summary>
    /// The type parameters and constraints of the generic type that declares what is reached: the runtime finds it only from a generic
    /// class with the same ones. Null if it is not generic.
    /// </summary>
    public GenericHolder? Holder { get; init; }
}

/// <summary>What an accessor reaches. The names are those of <c>UnsafeAccessorKind</c>.</summary>
internal enum AccessorKind
{
    /// <summary>A constructor.</summary>
    Constructor,

    /// <summary>The getter or setter of a property.</summary>
    Method,

    /// <summary>A field, by reference.</summary>
    Field,
}

/// <param name="Name">The class that holds the accessor, without type parameters.</param>
/// <param name="Parameters">For example <c>&lt;TKey, TValue&gt;</c>.</param>
/// <param name="Constraints">One <c>where</c> clause each.</param>
internal sealed record GenericHolder(string Name, string Parameters, EquatableArray<string> Constraints);
