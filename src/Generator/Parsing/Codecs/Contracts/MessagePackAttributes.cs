using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Contracts;

/// <summary>The attributes by which types and members say how they are stored.</summary>
internal static class MessagePackAttributes
{
    public const string Object = "MessagePack.MessagePackObjectAttribute";
    public const string Key = "MessagePack.KeyAttribute";
    public const string Union = "MessagePack.UnionAttribute";
    public const string Constructor = "MessagePack.SerializationConstructorAttribute";
    public const string Formatter = "MessagePack.MessagePackFormatterAttribute";
    public const string CallbackReceiver = "MessagePack.IMessagePackSerializationCallbackReceiver";
    public const string DataContract = "System.Runtime.Serialization.DataContractAttribute";
    public const string DataMember = "System.Runtime.Serialization.DataMemberAttribute";

    private static readonly string[] Ignoring =
    [
        "MessagePack.IgnoreMemberAttribute",
        "System.Runtime.Serialization.IgnoreDataMemberAttribute",
        "System.NonSerializedAttribute",
    ];

    /// <summary>The attribute on the symbol itself.</summary>
    public static AttributeData? Find(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(data => IsOf(data, attribute));

    /// <summary>All attributes of a kind on the symbol itself.</summary>
    public static IEnumerable<AttributeData> FindAll(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Where(data => IsOf(data, attribute));

    /// <summary>The attribute on a type or, as the attribute is inherited, on a base type.</summary>
    public static AttributeData? FindInherited(INamedTypeSymbol type, string attribute)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (Find(level, attribute) is { } data)
            {
                return data;
            }
        }

        return null;
    }

    /// <summary>The attribute on a member or, as it is inherited, on a property that it overrides.</summary>
    public static AttributeData? FindInherited(ISymbol member, string attribute)
    {
        for (var level = member; level is not null; level = (level as IPropertySymbol)?.OverriddenProperty)
        {
            if (Find(level, attribute) is { } data)
            {
                return data;
            }
        }

        return null;
    }

    public static bool IsIgnored(ISymbol member) => Ignoring.Any(attribute => Find(member, attribute) is not null);

    /// <summary>The value of a named argument, or the default of its type.</summary>
    public static T? Argument<T>(AttributeData data, string name) =>
        data.NamedArguments.FirstOrDefault(pair => pair.Key == name).Value.Value is T value ? value : default;

    private static bool IsOf(AttributeData data, string attribute) =>
        data.AttributeClass is { } type && TypeNames.Is(type, attribute);
}
