using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing;

/// <summary>Reads one method of a cache client.</summary>
internal sealed class MethodParser(ClientContext context, IMethodSymbol method, AttributeReader attribute)
{
    private readonly CacheOperation _operation = ReadOperation(method, attribute);
    private readonly KeyParser _key = new(context, method, attribute);

    private Location MethodLocation => InSource(method.Locations) ?? context.ClientLocation;

    /// <summary>The method's model; null where something was reported with which none can be made.</summary>
    public MethodModel? Parse()
    {
        if (!CheckOperation() | !CheckSignature() || !_key.ReadTemplate() || !TryFindBatch(out var collection))
        {
            return null;
        }

        if (ParseReturn(collection) is not { } parsed)
        {
            return null;
        }

        var isBatch = collection is not null;
        var roles = ParameterRoles.Find(
            context.Types, method, _operation, [.. _key.Sources.Select(static source => (source.Parameter, source.IsWhole))], isBatch, parsed.CreatesCounter);
        ReportUnused(roles);
        if (!CheckRoles(roles, isBatch))
        {
            return null;
        }

        var taken = new HashSet<string>(method.Parameters.Select(static parameter => parameter.Name));
        var batch = collection is null ? null : CreateBatch(collection, taken);
        var key = _key.Build(
            source => IsItem(source, collection) ? collection!.ItemType : source.Type,
            source => KeyExpression(source, collection, batch),
            Names.KeyWriter(taken));
        var expiry = ReadExpiry(roles);
        var codec = FindCodec(roles, parsed, collection);
        return key is null || !codec.IsFound ? null : new MethodModel(
            TypeText.Identifier(method.Name),
            NeedsExplicitImplementation() ? TypeText.Code(method.ContainingType) : null,
            _operation,
            new EquatableArray<ParameterModel>(method.Parameters.Select(Model)),
            key,
            CreateArguments(roles, parsed, batch),
            expiry,
            parsed.ToModel(),
            codec.Codec);
    }

    private static CacheOperation ReadOperation(IMethodSymbol method, AttributeReader attribute) =>
        attribute.Named("Operation") is int operation and not (int)CacheOperation.FromName
            ? (CacheOperation)operation
            : OperationVerbs.Find(method.Name);

    private static ParameterModel Model(IParameterSymbol parameter) =>
        new(TypeText.Code(parameter.Type), TypeText.Identifier(parameter.Name));

    private bool CheckOperation()
    {
        if (_operation is > CacheOperation.FromName and <= CacheOperation.Decrement)
        {
            return true;
        }

        var mend = attribute.Named("Operation") is null
            ? $"its name has to begin with {OperationVerbs.Choices}, or set Operation in [CacheKey]"
            : "set Operation to a member of CacheOperation";
        context.Diagnostics.Report(Rules.NoOperation, MethodLocation, method.Name, mend);
        return false;
    }

    private bool CheckSignature()
    {
        var isValid = !method.IsGenericMethod;
        if (!isValid)
        {
            context.Diagnostics.Report(Rules.Generic, MethodLocation, method.Name);
        }

        foreach (var parameter in method.Parameters)
        {
            isValid &= CheckParameter(parameter);
        }

        foreach (var second in method.Parameters.Where(parameter => context.Types.IsCancellationToken(parameter.Type)).Skip(1))
        {
            context.Diagnostics.Report(Rules.SecondCancellationToken, LocationOf(second), method.Name, second.Name);
            isValid = false;
        }

        return isValid & CheckAccessible(method.ReturnType, ReturnLocation());
    }

    private bool CheckParameter(IParameterSymbol parameter)
    {
        var (obstacle, mend) = parameter switch
        {
            { RefKind: not RefKind.None } => ("passed by reference", "pass it by value"),
            { Type.IsRefLikeType: true } => ($"a {TypeText.Message(parameter.Type)}", "pass an array or ReadOnlyMemory<T>"),
            { Type.TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => ("a pointer", "pass a value"),
            _ => (null, null),
        };
        if (obstacle is not null)
        {
            context.Diagnostics.Report(Rules.ParameterNotByValue, LocationOf(parameter), parameter.Name, obstacle, mend!);
            return false;
        }

        return CheckAccessible(parameter.Type, LocationOf(parameter));
    }

    private bool CheckAccessible(ITypeSymbol type, Location location)
    {
        var reason = context.FindInaccessible(type, out var culprit);
        if (reason is not null)
        {
            context.Diagnostics.Report(Rules.NotAccessible, location, TypeText.Message(culprit), reason);
        }

        return reason is null;
    }

    private bool TryFindBatch(out BatchSource? batch)
    {
        batch = null;
        foreach (var source in _key.Sources.Where(static source => source.IsWhole))
        {
            if (context.Types.ItemType(source.Parameter.Type) is not { } item
                || SymbolEqualityComparer.Default.Equals(batch?.Parameter, source.Parameter))
            {
                continue;
            }

            var isPair = context.Types.IsKeyValuePair(item);
            var (obstacle, mend) = (Operations.HasBatch(_operation), _operation == CacheOperation.Set, isPair, batch) switch
            {
                (false, _, _, _) => ($"{_operation} works on one key", "pass one value, or name one of its properties"),
                (_, true, false, _) => ("Set needs a value for each key", "pass an IReadOnlyDictionary<TKey, TValue>"),
                (_, false, true, _) => ($"{_operation} needs keys alone", "pass the keys of the dictionary"),
                (_, _, _, not null) => ($"'{batch.Parameter.Name}' is one already", "a key can vary by the items of one collection"),
                _ => (null, null),
            };
            if (obstacle is not null)
            {
                context.Diagnostics.Report(Rules.CollectionInSingleKey, LocationOf(source.Parameter), source.Parameter.Name, obstacle, mend!);
                return false;
            }

            var pair = isPair ? (INamedTypeSymbol)item : null;
            batch = new BatchSource(source.Parameter, pair?.TypeArguments[0] ?? item, pair?.TypeArguments[1]);
        }

        return true;
    }

    private void ReportUnused(ParameterRoles roles)
    {
        foreach (var parameter in roles.Unused)
        {
            context.Diagnostics.Report(Rules.ParameterUnused, LocationOf(parameter), parameter.Name, method.Name, _operation.ToString());
        }
    }

    private bool CheckRoles(ParameterRoles roles, bool isBatch)
    {
        var (missing, mend) = (_operation, roles) switch
        {
            (_, { Value: null }) when Operations.StoresValue(_operation) && !isBatch => ("a value to store", "add a parameter for it"),
            (CacheOperation.CompareAndSet, { Cas: null }) => ("the CAS number", "add a parameter 'ulong cas', or the CacheValue<T> which was read"),
            _ => (null, null),
        };
        if (missing is not null)
        {
            context.Diagnostics.Report(Rules.ParameterMissing, MethodLocation, method.Name, missing, mend!);
        }

        return missing is null;
    }

    private ParsedReturn? ParseReturn(BatchSource? batch)
    {
        var parsed = ReturnParser.Parse(context.Types, method.ReturnType, _operation, batch?.ItemType);
        if (parsed is null)
        {
            var isBatch = batch is not null;
            context.Diagnostics.Report(Rules.ReturnTypeNotSupported, ReturnLocation(), method.Name, TypeText.Message(method.ReturnType),
                isBatch ? $"{_operation} with a collection" : _operation.ToString(), Operations.Returns(_operation, isBatch));
        }
        else if (batch is null)
        {
            ReportHiddenMiss(parsed);
        }

        return parsed;
    }

    private void ReportHiddenMiss(ParsedReturn parsed)
    {
        if (parsed is { Value: { } value, WantsCacheValue: false }
            && value.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
            && (value.IsValueType || value.NullableAnnotation == NullableAnnotation.NotAnnotated))
        {
            var miss = value.IsValueType ? $"default({TypeText.Message(value)})" : "null";
            context.Diagnostics.Report(Rules.MissLooksLikeValue, ReturnLocation(), method.Name, miss, TypeText.Message(value));
        }
    }

    private ExpiryModel ReadExpiry(ParameterRoles roles)
    {
        var seconds = context.ReadExpires(attribute) ?? context.Expires;
        if (Operations.NeedsExpiry(_operation) && roles.Expiry is null && seconds is null && attribute.Named("Expires") is null)
        {
            context.Diagnostics.Report(Rules.NoExpiry, MethodLocation, method.Name);
        }

        return new ExpiryModel(
            seconds,
            roles.Expiry is null ? null : TypeText.Identifier(roles.Expiry.Name),
            roles.Expiry is null ? ExpiryParameterType.None : context.Types.ExpiryType(roles.Expiry.Type));
    }

    private (bool IsFound, MethodCodec? Codec) FindCodec(ParameterRoles roles, ParsedReturn parsed, BatchSource? batch)
    {
        if ((parsed.Value ?? roles.Value?.Type ?? batch?.ValueType) is not { } declared)
        {
            return (true, null);
        }

        var type = TypeText.WithoutAnnotation(declared);
        var reason = Operations.Appends(_operation) && !context.Types.IsTextOrBytes(type)
            ? $"{_operation} adds text or bytes: use string, byte[] or ReadOnlyMemory<byte>"
            : null;
        var codec = reason is null ? context.Codecs.GetCodec(type, out reason) : null;
        if (codec is null)
        {
            var location = parsed.Value is null ? LocationOf(roles.Value ?? batch!.Parameter) : ReturnLocation();
            context.Diagnostics.Report(Rules.NoCodec, location, TypeText.Message(type), reason ?? "no codec is known for it");
            return (false, null);
        }

        return (true, context.CodecFields.Get(codec, type));
    }

    private ArgumentsModel CreateArguments(ParameterRoles roles, ParsedReturn parsed, BatchModel? batch)
    {
        var isCounter = _operation is CacheOperation.Increment or CacheOperation.Decrement;
        var by = isCounter ? CounterArgument(roles.By) ?? "1UL" : null;
        var initial = parsed.CreatesCounter
            ? CounterArgument(roles.Initial) ?? (_operation == CacheOperation.Increment ? by : "0UL")
            : null;
        return new ArgumentsModel(
            new EquatableArray<string>(NotNull(roles)),
            new EquatableArray<string>(new[] { roles.By, roles.Initial }.Where(IsSigned).Select(static parameter => TypeText.Identifier(parameter!.Name))),
            batch,
            ValueArgument(roles.Value),
            roles.Cas is null ? null : TypeText.Identifier(roles.Cas.Name) + (context.Types.IsCacheValue(roles.Cas.Type) ? ".Cas" : ""),
            by,
            initial,
            roles.CancellationToken is null ? null : TypeText.Identifier(roles.CancellationToken.Name));
    }

    private static string? CounterArgument(IParameterSymbol? parameter) => parameter is null ? null
        : IsSigned(parameter) ? $"(ulong){TypeText.Identifier(parameter.Name)}"
        : TypeText.Identifier(parameter.Name);

    private static bool IsSigned(IParameterSymbol? parameter) => parameter?.Type.SpecialType
        is SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64;

    // Null is a value of its own only where the parameter says so; the codec decides what becomes of it.
    private static string? ValueArgument(IParameterSymbol? value) => value is null ? null
        : TypeText.Identifier(value.Name) + (IsAnnotated(value.Type) ? "!" : "");

    private IEnumerable<string> NotNull(ParameterRoles roles) =>
        from parameter in method.Parameters
        where parameter.Type.IsReferenceType
        let isValue = SymbolEqualityComparer.Default.Equals(parameter, roles.Value)
        let isInKey = _key.Sources.Any(source => SymbolEqualityComparer.Default.Equals(source.Parameter, parameter))
        where isInKey || (isValue && !IsAnnotated(parameter.Type))
        select TypeText.Identifier(parameter.Name);

    private BatchModel CreateBatch(BatchSource source, ICollection<string> taken)
    {
        var writerName = Names.KeyWriter(taken);
        var singular = source.ValueType is null ? Names.Singular(source.Parameter.Name) : "item";
        var itemName = Names.Unique(singular == writerName ? "item" : singular, taken);
        var shared = _key.Sources
            .Select(static part => part.Parameter)
            .Where(parameter => !SymbolEqualityComparer.Default.Equals(parameter, source.Parameter))
            .Distinct<IParameterSymbol>(SymbolEqualityComparer.Default)
            .Select(static parameter => new ParameterModel(TypeText.Code(TypeText.WithoutAnnotation(parameter.Type)), TypeText.Identifier(parameter.Name)))
            .ToArray();
        var stateName = shared.Length == 1 ? shared[0].Name : Names.Unique("shared", [.. taken, writerName, itemName]);
        return new BatchModel(
            TypeText.Identifier(source.Parameter.Name),
            TypeText.Code(source.ItemType),
            TypeText.Identifier(itemName),
            new EquatableArray<ParameterModel>(shared),
            stateName);
    }

    private static string KeyExpression(KeySource source, BatchSource? collection, BatchModel? batch)
    {
        if (IsItem(source, collection))
        {
            return batch!.ItemName;
        }

        var name = TypeText.Identifier(source.Parameter.Name);
        return source.Expression(batch is { State.Count: > 1 } ? $"{batch.StateName}.{name}" : name);
    }

    private static bool IsItem(KeySource source, BatchSource? collection) =>
        source.IsWhole && SymbolEqualityComparer.Default.Equals(source.Parameter, collection?.Parameter);

    private static bool IsAnnotated(ITypeSymbol type) =>
        type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.Annotated;

    private bool NeedsExplicitImplementation() =>
        method.DeclaredAccessibility != Accessibility.Public
        || !SymbolEqualityComparer.Default.Equals(method.ContainingType, context.Client);

    private Location LocationOf(IParameterSymbol parameter) => InSource(parameter.Locations) ?? context.ClientLocation;

    private Location ReturnLocation() =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax syntax
            ? syntax.ReturnType.GetLocation()
            : context.ClientLocation;

    private static Location? InSource(IEnumerable<Location> locations) => locations.FirstOrDefault(static location => location.IsInSource);

    /// <summary>The collection parameter of a batch; its value type is null unless it brings the values along.</summary>
    private sealed record BatchSource(IParameterSymbol Parameter, ITypeSymbol ItemType, ITypeSymbol? ValueType);
}
