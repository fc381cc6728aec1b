namespace TypedCache.Generator.Model.Codecs;

/// <summary>How the value of a member comes back into the object.</summary>
internal enum MemberRestore
{
    /// <summary>It does not: the member can only be read, and what is stored is skipped.</summary>
    Nowhere,

    /// <summary>By the constructor.</summary>
    Constructor,

    /// <summary>By an assignment.</summary>
    Assignment,

    /// <summary>By an accessor, since C# allows <c>init</c> only where an object is made, and a missing key must keep the initializer's value.</summary>
    Accessor,

    /// <summary>By an assignment to the reference that an accessor gives, since C# does not allow to assign the field itself.</summary>
    Reference,
}
