using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Keys;
using TypedCache.Generator.Parsing.Methods;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Tags;

/// <summary>Reads one method that invalidates a tag.</summary>
/// <param name="context">The interface.</param>
/// <param name="method">The method, which has no key.</param>
/// <param name="attributes">Its tags, of which there must be one.</param>
internal sealed class TagOperationParser(ClientContext context, IMethodSymbol method, IReadOnlyList<AttributeReader> attributes)
{
    private readonly AttributeReader _attribute = attributes[0];
    private readonly KeyParser _tag = new(context, method, attributes[0], mark: TagAttributes.Mark);
    private readonly CacheOperation _operation = OperationVerbs.Find(method.Name);

    /// <summary>The method's model; null where something was reported with which none can be made.</summary>
    public TagOperationModel? Parse()
    {
        if (!CheckShape() | !Signature.Check(context, method) || !CheckReturn(out var isTask) | !ReadTemplate() || _tag.Build() is not { } key)
        {
            return null;
        }

        var token = method.Parameters.FirstOrDefault(parameter => context.Types.IsCancellationToken(parameter.Type));
        ReportUnused(token);
        context.Tags.Add(method, _tag, key, TagRole.Invalidates, OperationVerbs.Noun(method.Name));
        context.Keys.Add(
            method, _tag.FullTemplate, _tag.Shape, _tag.Sources, StoredValues.Tag, stale: null, near: null, KeyEffect.None, _attribute.ArgumentLocation,
            _operation == CacheOperation.Delete ? TagRole.Removes : TagRole.Invalidates,
            new EquatableArray<TagUse>([new TagUse(ShapeForm.Of(_tag.Shape), "", _attribute.Text!)]));
        return new TagOperationModel(
            TypeText.Identifier(method.Name),
            Signature.ExplicitInterface(context, method),
            _operation == CacheOperation.Delete,
            Signature.Parameters(method),
            new EquatableArray<string>(method.Parameters.Where(parameter => parameter.Type.IsReferenceType && IsInTag(parameter)).Select(static parameter => TypeText.Identifier(parameter.Name))),
            key,
            TypeText.Code(method.ReturnType),
            isTask,
            token is null ? null : TypeText.Identifier(token.Name));
    }

    /// <summary>Reads no more of the method than its tag, and reports what has no greatest length there.</summary>
    public void ReportUnboundedKey()
    {
        if (_tag.ReadTemplate())
        {
            _tag.Build();
            _tag.ReportUnbounded();
        }
    }

    private bool CheckShape()
    {
        var fix = _operation is not (CacheOperation.Invalidate or CacheOperation.Delete) ? "its name must begin with Invalidate, Remove or Delete; or add [CacheKey]"
            : attributes.Count > 1 ? "write one method for each tag"
            : null;
        if (fix is not null)
        {
            context.Diagnostics.Report(Rules.NotAnInvalidation, context.LocationOf(method), method.Name, fix);
        }

        return fix is null;
    }

    private bool CheckReturn(out bool isTask)
    {
        if (context.Types.TryUnwrapTask(method.ReturnType, out var result, out isTask) && result is null)
        {
            return true;
        }

        context.Diagnostics.Report(Rules.ReturnTypeNotSupported, Signature.ReturnLocation(context, method), method.Name, TypeText.Message(method.ReturnType),
            $"{_operation} of a tag", "ValueTask or Task without a result");
        return false;
    }

    private bool ReadTemplate()
    {
        if (TagAttributes.FindValue(_attribute) is not { } path || method.Parameters.Any(static parameter => parameter.Name == TagAttributes.ValueName))
        {
            return _tag.ReadTemplate();
        }

        context.Diagnostics.Report(Rules.NoValueForTag, _attribute.LocationInText(path.Start, path.Length), method.Name, _attribute.Text!.Substring(path.Start, path.Length).Trim('{', '}'));
        return false;
    }

    private void ReportUnused(IParameterSymbol? token)
    {
        foreach (var parameter in method.Parameters.Where(parameter => !IsInTag(parameter) && !SymbolEqualityComparer.Default.Equals(parameter, token)))
        {
            context.Diagnostics.Report(Rules.ParameterUnused, context.LocationOf(parameter), parameter.Name, method.Name, $"{_operation} of a tag");
        }

        if (token is null && method.Locations.Any(static location => location.IsInSource))
        {
            context.Diagnostics.Report(Rules.CancellationTokenMissing, context.LocationOf(method), method.Name);
        }
    }

    private bool IsInTag(IParameterSymbol parameter) => _tag.Sources.Exists(source => SymbolEqualityComparer.Default.Equals(source.Parameter, parameter));
}
