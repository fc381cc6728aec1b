namespace TypedCache.Generator.Model.Codecs;

/// <summary>A codec for a class, struct or record: an array by the members' numbers, or a map by their names.</summary>
/// <param name="KeyedByName">A map by <see cref="MemberModel.Key"/>; otherwise an array by <see cref="MemberModel.Index"/>.</param>
/// <param name="Members">In the order in which they are written.</param>
internal sealed record ObjectCodecModel(
    string Name, string TypeName, bool IsReferenceType, bool KeyedByName, EquatableArray<MemberModel> Members, Construction Construction)
    : CodecModel(Name, TypeName, IsReferenceType)
{
    /// <summary>The call before a value is written, or null; for example <c>value.OnBeforeSerialize()</c>.</summary>
    public string? BeforeWrite { get; init; }

    /// <summary>The call after a value has been read, or null.</summary>
    public string? AfterRead { get; init; }

    /// <summary>Accessors of setters and constructors that C# does not let the codec call directly.</summary>
    public EquatableArray<AccessorModel> Accessors { get; init; }

    public override IEnumerable<ValueForm> Parts => Members.Select(member => member.Form);
}
