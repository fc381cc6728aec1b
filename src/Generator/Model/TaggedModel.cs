namespace TypedCache.Generator.Model;

/// <summary>How a method works on values with tags.</summary>
/// <param name="Tags">The keys of the tags that the parameters give, in the order in which their versions are stored.</param>
/// <param name="Codec">The field with the codec that puts the versions of tags in front of values.</param>
/// <param name="TagsName">What the list of tags is called, so that no parameter has the same name.</param>
internal sealed record TaggedModel(EquatableArray<KeyModel> Tags, string Codec, string TagsName)
{
    /// <summary>Whether a read gives values that were invalidated, as long as they may be stale.</summary>
    public bool ServesInvalidated { get; init; }
}

/// <summary>A static field with a codec that puts the versions of tags in front of values.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Codec">The codec of the values.</param>
/// <param name="Values">The tags that are read from the values.</param>
internal sealed record TaggedCodecField(string Name, MethodCodec Codec, ValueTagsModel? Values);

/// <summary>The tags that are read from the values of one codec.</summary>
/// <param name="MethodName">The generated method that gives them.</param>
/// <param name="Tags">Their keys, each made of the value alone.</param>
internal sealed record ValueTagsModel(string MethodName, EquatableArray<KeyModel> Tags);

/// <summary>The static fields that say how an interface's reads look at tags.</summary>
/// <param name="Name">The field for most reads.</param>
/// <param name="StaleName">The field for reads that give values which were invalidated, as long as they may be stale.</param>
/// <param name="Near">How long versions are kept in this process, in milliseconds: 0 not at all, null as long as the runtime says.</param>
internal sealed record TagOptionsModel(string Name, string StaleName, long? Near);
