namespace TypedCache.Generator.Emission.Codecs;

/// <summary>The types and members by which emitted codecs reach MessagePack and the runtime.</summary>
internal static class MessagePackNames
{
    public const string Writer = "ref global::MessagePack.MessagePackWriter writer";
    public const string Reader = "ref global::MessagePack.MessagePackReader reader";
    public const string CodecBase = "global::TypedCache.Values.MessagePackCodec";
    public const string Nested = "global::TypedCache.Values.NestedCodec";
    public const string Limits = "global::TypedCache.Values.MessagePackLimits";
    public const string Helpers = "global::MessagePack.Internal.CodeGenHelpers";
    public const string Formatters = "global::MessagePack.Formatters.";
    public const string Accessor = "global::System.Runtime.CompilerServices.UnsafeAccessor";
    public const string AccessorKind = "global::System.Runtime.CompilerServices.UnsafeAccessorKind";

    /// <summary>Goes one level deeper into a payload.</summary>
    public const string Enter = Limits + ".EnterLevel(ref reader);";

    /// <summary>Goes one level deeper into a value.</summary>
    public const string EnterValue = Limits + ".EnterLevel();";

    /// <summary>Comes back from a level of a value.</summary>
    public const string LeaveValue = Limits + ".LeaveLevel();";

    /// <summary>Comes back from a level of a payload.</summary>
    public const string Leave = "reader.Depth--;";
}
