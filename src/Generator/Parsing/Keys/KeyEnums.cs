using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>The enums in the keys of one interface; each gets one method that writes it.</summary>
/// <param name="names">All names of the file.</param>
internal sealed class KeyEnums(ClientNames names)
{
    private readonly Dictionary<ITypeSymbol, KeyEnumModel> _enums = new(SymbolEqualityComparer.Default);
    private readonly List<KeyEnumModel> _inOrder = [];

    public EquatableArray<KeyEnumModel> Models => new(_inOrder);

    /// <summary>The enum's model, made when it is first asked for.</summary>
    public KeyEnumModel Get(INamedTypeSymbol type)
    {
        if (!_enums.TryGetValue(type, out var model))
        {
            var methodName = names.TakeMember("Append" + type.Name);
            model = new KeyEnumModel(methodName, TypeText.Code(type), TypeText.Code(type.EnumUnderlyingType!), Members(type));
            _enums.Add(type, model);
            _inOrder.Add(model);
        }

        return model;
    }

    /// <summary>The longest text of the enum in bytes: a name, or the number of a value without one.</summary>
    public int MaxBytes(INamedTypeSymbol type) => Get(type).Members
        .Select(static member => KeyText.ByteCount(member.Name))
        .Append(KeyFormat.MaxBytes(KeyTypes.Find(type.EnumUnderlyingType!), format: null, delimiter: 0) ?? 0)
        .Max();

    /// <summary>What the enum gives in a key.</summary>
    public static EnumShape Shape(INamedTypeSymbol type, KeyEnumModel model) => new(
        KeyTypes.Find(type.EnumUnderlyingType!),
        new EquatableArray<string>(model.Members.Select(static member => member.Name)),
        new EquatableArray<string>(Fields(type).Select(static field => Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture)!)));

    // Of several names of one value the first counts, as a switch takes each value once.
    private static EquatableArray<KeyEnumMember> Members(INamedTypeSymbol type) => new(Fields(type)
        .GroupBy(static field => field.ConstantValue)
        .Select(static group => group.First())
        .Select(field => new KeyEnumMember(field.Name, Expression(type, field))));

    private static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue);

    // Naming an obsolete member would be a warning in generated code.
    private static string Expression(INamedTypeSymbol type, IFieldSymbol field) =>
        field.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "ObsoleteAttribute" })
            ? FormattableString.Invariant($"({TypeText.Code(type)})({field.ConstantValue})")
            : $"{TypeText.Code(type)}.{TypeText.Identifier(field.Name)}";
}
