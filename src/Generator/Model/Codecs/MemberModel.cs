namespace TypedCache.Generator.Model.Codecs;

/// <summary>A property or field of an object as it is stored.</summary>
/// <param name="Name">The member in C#, escaped where it is a keyword.</param>
/// <param name="Key">The name in a map.</param>
/// <param name="Index">The place in an array.</param>
/// <param name="TypeName">The member's type in C#.</param>
/// <param name="Form">How its value is written and read.</param>
internal sealed record MemberModel(string Name, string Key, int Index, string TypeName, ValueForm Form)
{
    /// <summary>Whether the member is written. A member without a public getter is only read.</summary>
    public bool IsWritten { get; init; }

    /// <summary>Whether it is null where nothing is stored, although its type says that it never is.</summary>
    public bool IsNullWhenMissing { get; init; }

    /// <summary>How the value comes back into the object.</summary>
    public MemberRestore Restore { get; init; }

    /// <summary>The base type by which the member has to be named, where a derived one hides it; else null.</summary>
    public string? Owner { get; init; }

    /// <summary>The accessor that gives the value, where C# does not let the codec read the member; else null.</summary>
    public string? Getter { get; init; }

    /// <summary>The accessor that sets the member or gives a reference to it, where <see cref="Restore"/> says so.</summary>
    public string? Setter { get; init; }

    /// <summary>The local variable that holds the value until the object is built.</summary>
    public string Local { get; init; } = "";

    /// <summary>The local variable that says that a map had the member, where the member is set after the constructor.</summary>
    public string? Flag { get; init; }
}
