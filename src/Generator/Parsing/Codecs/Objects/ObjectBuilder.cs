using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Codecs.Contracts;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;
using TypedCache.Generator.Parsing.ValueObjects;

namespace TypedCache.Generator.Parsing.Codecs.Objects;

/// <summary>Builds the codec of a class, struct or record from its contract; that of a value object, which has none, from the value inside it.</summary>
internal sealed class ObjectBuilder(Compilation compilation, CodecParser parser)
{
    public CodecModel? Build(INamedTypeSymbol type, string name, string where)
    {
        if (IsForeign(type))
        {
            parser.Refuse(where, $"MessagePack has no form for '{TypeNames.InMessage(type)}'; use a type of your own, add [IgnoreMember], or name a codec with [assembly: CacheCodec]");
            return null;
        }

        // What another generator will add cannot be seen; what can be seen may look like all there is.
        if (GeneratedValueObjects.Find(type, compilation) is { } announced)
        {
            return BuildValueObject(type, name, where, announced);
        }

        // Of a type with private state alone an object would be empty, although it can be made.
        var contract = ContractParser.Parse(type, compilation, out var refusal);
        if (contract is not { Members.Count: > 0 } && IsUnannotated(type) && !HasChosenConstructor(type) && ValueObjectConvention.Find(type, compilation) is { } valueObject)
        {
            return BuildValueObject(type, name, where, valueObject);
        }

        if (contract is null)
        {
            parser.Refuse(where, refusal!.Reason, refusal.Kind);
            return null;
        }

        return BuildObject(type, name, contract);
    }

    private ValueObjectCodecModel? BuildValueObject(INamedTypeSymbol type, string name, string where, ValueObject valueObject)
    {
        var inside = valueObject.Inside.IsReferenceType ? valueObject.Inside.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : valueObject.Inside;
        return parser.GetForm(inside, where) is { } form
            ? new ValueObjectCodecModel(name, TypeNames.WithoutNull(type), type.IsReferenceType, form, valueObject.Unwrap, valueObject.Wrap)
            : null;
    }

    private ObjectCodecModel? BuildObject(INamedTypeSymbol type, string name, Contract contract)
    {
        var accessors = new AccessorBuilder(type, compilation);
        if (BuildMembers(type, contract, accessors) is not { } members)
        {
            return null;
        }

        return new ObjectCodecModel(
            name,
            TypeNames.WithoutNull(type),
            type.IsReferenceType,
            contract.KeyedByName,
            new EquatableArray<MemberModel>(members.Values),
            BuildConstruction(type, contract, members, accessors))
        {
            BeforeWrite = Callback(type, "value", "OnBeforeSerialize"),
            AfterRead = Callback(type, "result", "OnAfterDeserialize"),
            Accessors = new EquatableArray<AccessorModel>(accessors.Accessors),
        };
    }

    private Dictionary<ContractMember, MemberModel>? BuildMembers(INamedTypeSymbol type, Contract contract, AccessorBuilder accessors)
    {
        var members = new Dictionary<ContractMember, MemberModel>();
        var locals = new LocalNames();
        var typeName = TypeNames.InMessage(type);
        var isBuffered = contract is { KeyedByName: true, Arguments.Count: > 0 };
        foreach (var member in contract.Members)
        {
            var where = $"'{typeName}.{member.Symbol.Name}'";
            if (MessagePackAttributes.FindInherited(member.Symbol, MessagePackAttributes.Formatter) is not null)
            {
                parser.Refuse(where, $"it has a [MessagePackFormatter], which generated codecs do not call; remove it, add [IgnoreMember], or write an ICacheCodec for '{typeName}' and name it in [CacheCodec]");
                return null;
            }

            if (parser.GetForm(member.Type, where) is not { } form)
            {
                return null;
            }

            var restore = Restore(member);
            members.Add(member, new MemberModel(
                TypeText.Identifier(member.Symbol.Name), member.Key, member.Index, TypeNames.Of(member.Type), form)
            {
                IsWritten = member.IsReadable,
                IsNullWhenMissing = form.CanBeNil && (restore == MemberRestore.Constructor || IsRequired(member.Symbol) || contract.Constructor is null),
                Restore = restore,
                Owner = IsHidden(member.Symbol, type) ? TypeNames.WithoutNull(member.Symbol.ContainingType) : null,
                Getter = member.IsReadable ? Getter(member, accessors) : null,
                Setter = Setter(member, restore, accessors),
                Local = locals.Take(member.Symbol.Name),
                Flag = isBuffered && restore is not (MemberRestore.Constructor or MemberRestore.Nowhere) ? locals.TakeFlag(member.Symbol.Name) : null,
            });
        }

        return members;
    }

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private MemberRestore Restore(ContractMember member) => member switch
    {
        { IsSetByConstructor: true } => MemberRestore.Constructor,
        { IsWritable: false } => MemberRestore.Nowhere,
        { Symbol: IFieldSymbol field } => compilation.Reaches(field) && !field.IsReadOnly ? MemberRestore.Assignment : MemberRestore.Reference,
        { Symbol: IPropertySymbol property } when member.IsInitOnly || !compilation.Reaches(property.SetMethod!) => MemberRestore.Accessor,
        _ => MemberRestore.Assignment,
    };

    private string? Getter(ContractMember member, AccessorBuilder accessors) => member.Symbol switch
    {
        IFieldSymbol field when !compilation.Reaches(field) => accessors.AddField(field),
        IPropertySymbol property when !compilation.Reaches(property.GetMethod!) => accessors.AddGetter(property),
        _ => null,
    };

    private static string? Setter(ContractMember member, MemberRestore restore, AccessorBuilder accessors) => restore switch
    {
        MemberRestore.Accessor => accessors.AddSetter((IPropertySymbol)member.Symbol),
        MemberRestore.Reference => accessors.AddField((IFieldSymbol)member.Symbol),
        _ => null,
    };

    /// <summary>Whether a type below the one that declares a member has another of its name.</summary>
    private bool IsHidden(ISymbol member, INamedTypeSymbol type)
    {
        for (var level = type; !SymbolEqualityComparer.Default.Equals(level, member.ContainingType); level = level.BaseType!)
        {
            if (level.GetMembers(member.Name).Any(other => !other.IsOverride && compilation.Reaches(other)))
            {
                return true;
            }
        }

        return false;
    }

    private Construction BuildConstruction(
        INamedTypeSymbol type, Contract contract, Dictionary<ContractMember, MemberModel> members, AccessorBuilder accessors)
    {
        if (contract.Constructor is not { } constructor)
        {
            return new Construction(null, EquatableArray<string>.Empty);
        }

        var arguments = constructor.Parameters.Zip(contract.Arguments, (parameter, member) =>
            members[member].Local + (NeedsAssertion(parameter.Type, member.Type) ? "!" : ""));
        var function = RequiredMembers.AreLeftBy(constructor) || !compilation.Reaches(constructor) ? accessors.AddConstructor(constructor) : "new " + TypeNames.WithoutNull(type);
        return new Construction(function, new EquatableArray<string>(arguments));
    }

    /// <summary>A constructor may take as not null what the property declares as nullable.</summary>
    private static bool NeedsAssertion(ITypeSymbol parameter, ITypeSymbol member)
    {
        var (taken, given) = (TypeNames.Of(parameter), TypeNames.Of(member));
        return member.IsReferenceType && taken != given && (taken + given).Contains('?');
    }

    private static string? Callback(INamedTypeSymbol type, string receiver, string method)
    {
        if (!type.AllInterfaces.Any(candidate => TypeNames.Is(candidate, MessagePackAttributes.CallbackReceiver)))
        {
            return null;
        }

        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level.GetMembers(method).Any(member => member is IMethodSymbol { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public }))
            {
                return $"{receiver}.{method}()";
            }
        }

        return $"((global::{MessagePackAttributes.CallbackReceiver}){receiver}).{method}()";
    }

    /// <summary>A type of the framework that says nothing of MessagePack: its properties are not what makes its value.</summary>
    private bool IsForeign(INamedTypeSymbol type) =>
        FrameworkType.Is(type) && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly) && IsUnannotated(type);

    private static bool HasChosenConstructor(INamedTypeSymbol type) =>
        type.InstanceConstructors.Any(static constructor => MessagePackAttributes.Find(constructor, MessagePackAttributes.Constructor) is not null);

    private static bool IsUnannotated(INamedTypeSymbol type) =>
        MessagePackAttributes.FindInherited(type, MessagePackAttributes.Object) is null
        && MessagePackAttributes.Find(type, MessagePackAttributes.DataContract) is null;
}
