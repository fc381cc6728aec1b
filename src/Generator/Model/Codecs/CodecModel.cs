namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec to be emitted into the file of the interface that needs it.</summary>
/// <param name="Name">The class name, unique in the file.</param>
/// <param name="TypeName">The C# type that it reads and writes, without <c>?</c> if it is a reference type.</param>
/// <param name="IsReferenceType">Whether null is a value of the type.</param>
internal abstract record CodecModel(string Name, string TypeName, bool IsReferenceType)
{
    /// <summary>Whether the codec is used by itself, not only inside others, and so has an instance.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Whether values of the type can contain values of the same type.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>The forms of the values inside, through which one codec calls another.</summary>
    public abstract IEnumerable<ValueForm> Parts { get; }
}
