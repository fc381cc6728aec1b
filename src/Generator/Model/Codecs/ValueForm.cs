using TypedCache.Generator.Contracts;

namespace TypedCache.Generator.Model.Codecs;

/// <summary>How a value inside another value is written and read in place, by one statement and one expression.</summary>
/// <param name="CanBeNil">Reading gives null for nil although the C# type says that the value is never null.</param>
internal abstract record ValueForm(bool CanBeNil)
{
    /// <summary>A type that <c>MessagePackWriter.Write</c> and a method of <c>MessagePackReader</c> know.</summary>
    /// <param name="Reader">The reader's method without <c>Read</c>, for example <c>Int32</c>.</param>
    internal sealed record Primitive(string Reader, bool CanBeNil) : ValueForm(CanBeNil)
    {
        /// <summary>The writer's method, where it is not <c>Write</c>.</summary>
        public string Writer { get; init; } = "Write";
    }

    /// <summary>A byte array.</summary>
    internal sealed record Bytes(bool CanBeNil) : ValueForm(CanBeNil);

    /// <summary>An enum, as its underlying number.</summary>
    /// <param name="TypeName">The enum type in C#.</param>
    /// <param name="Underlying">The underlying type in C#, for example <c>int</c>.</param>
    /// <param name="Reader">The reader's method without <c>Read</c>.</param>
    internal sealed record Enum(string TypeName, string Underlying, string Reader) : ValueForm(false)
    {
        /// <summary>The writer's method, where it is not <c>Write</c>.</summary>
        public string Writer { get; init; } = "Write";

        /// <summary>Its members, for the contract.</summary>
        public EquatableArray<ContractEnumMember> Members { get; init; }

        /// <summary>Whether its members are combined.</summary>
        public bool IsFlags { get; init; }
    }

    /// <summary>A type for which MessagePack has a formatter that looks at no options.</summary>
    /// <param name="Formatter">The formatter's class, for example <c>GuidFormatter</c>.</param>
    internal sealed record Formatter(string Name, bool CanBeNil) : ValueForm(CanBeNil);

    /// <summary>A type with a codec of its own in the same file.</summary>
    /// <param name="Name">The codec's class.</param>
    internal sealed record Codec(string Name, bool CanBeNil) : ValueForm(CanBeNil);
}
