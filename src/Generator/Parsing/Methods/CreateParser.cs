using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Keys;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Methods;

/// <summary>Reads the function that creates a method's missing values, and checks what it takes and gives.</summary>
internal sealed class CreateParser
{
    private readonly ClientContext _context;
    private readonly IMethodSymbol _method;
    private readonly ITypeSymbol _value;
    private readonly BatchSource? _batch;
    private readonly List<IParameterSymbol[]> _passed = [[]];
    private readonly List<ITypeSymbol[]> _inputs = [];

    /// <summary>Prepares the reading.</summary>
    /// <param name="context">The interface.</param>
    /// <param name="method">The method.</param>
    /// <param name="sources">What its key is made of.</param>
    /// <param name="tagSources">What its tags are made of.</param>
    /// <param name="value">The type of one value that the method gives.</param>
    /// <param name="batch">The collection of a batch; null without one.</param>
    public CreateParser(ClientContext context, IMethodSymbol method, IEnumerable<KeySource> sources, IEnumerable<KeySource> tagSources, ITypeSymbol value, BatchSource? batch)
    {
        _context = context;
        _method = method;
        _value = value;
        _batch = batch;
        _inputs.Add(batch is null ? [] : [context.Types.ReadOnlyListOf(batch.ItemType)]);
        if (batch is null)
        {
            AddInputs([.. sources]);
            AddInputs([.. sources, .. tagSources]);
        }
    }

    /// <summary>The function; null where there is none that fits, which is reported.</summary>
    public CreateModel? Parse(ParameterRoles roles)
    {
        foreach (var other in roles.OtherCreates)
        {
            _context.Diagnostics.Report(Rules.SecondCreate, _context.LocationOf(other), _method.Name, other.Name);
        }

        if (roles.Create is not { } create)
        {
            _context.Diagnostics.Report(Rules.ParameterMissing, _context.LocationOf(_method), _method.Name,
                "a function that creates the value", $"add a parameter '{Expected(_inputs[0])} create'");
            return null;
        }

        return Read(create) is { } model && roles.OtherCreates.Count == 0 ? model : null;
    }

    private CreateModel? Read(IParameterSymbol create)
    {
        if (!KnownTypes.TryReadFunc(create.Type, out var inputs, out var output)
            || FindPassed(inputs) is not { } passed
            || FindCreated(output, out var givesItem) is not { } created)
        {
            var expected = string.Join(" or ", _inputs.Select(known => $"'{Expected(known)}'"));
            _context.Diagnostics.Report(
                Rules.CreateShape, TypeLocation(create), create.Name, TypeText.Message(create.Type), _method.Name, expected);
            return null;
        }

        if (!SymbolEqualityComparer.Default.Equals(created, _value) || CanBeNullAlone(created))
        {
            _context.Diagnostics.Report(
                Rules.CreatedType, TypeLocation(create), create.Name, TypeText.Message(created), _method.Name, TypeText.Message(_value));
            return null;
        }

        var taken = new HashSet<string>(_method.Parameters.Select(static parameter => parameter.Name));
        return new CreateModel(
            TypeText.Identifier(create.Name),
            new EquatableArray<string>(passed.Select(static parameter => TypeText.Identifier(parameter.Name))),
            givesItem,
            Names.Unique("state", taken),
            Names.Unique("token", taken))
        {
            Locals = new EquatableArray<string>(passed.Select(parameter => Local(parameter, taken))),
        };
    }

    // Where a tuple is taken apart, an underscore is no variable.
    private static string Local(IParameterSymbol parameter, ICollection<string> taken) =>
        TypeText.Identifier(parameter.Name == "_" ? Names.Unique("argument", taken) : parameter.Name);

    private void AddInputs(IEnumerable<KeySource> sources)
    {
        var parameters = sources.Select(static source => source.Parameter)
            .Distinct<IParameterSymbol>(SymbolEqualityComparer.Default)
            .OrderBy(static parameter => parameter.Ordinal)
            .ToArray();
        if (!_passed.Exists(known => known.SequenceEqual(parameters, SymbolEqualityComparer.Default)))
        {
            _passed.Add(parameters);
            _inputs.Add([.. parameters.Select(static parameter => parameter.Type)]);
        }
    }

    // The parameters that the function takes before its token; null where those are no such parameters.
    private IParameterSymbol[]? FindPassed(ITypeSymbol[] inputs)
    {
        if (inputs.Length == 0 || !_context.Types.IsCancellationToken(inputs[inputs.Length - 1]))
        {
            return null;
        }

        var passed = inputs.Take(inputs.Length - 1);
        var known = _inputs.FindIndex(expected => expected.SequenceEqual(passed, SymbolEqualityComparer.Default));
        return known < 0 ? null : _passed[known];
    }

    // The type of one value; null where the function gives something else.
    private ITypeSymbol? FindCreated(ITypeSymbol output, out bool givesItem)
    {
        givesItem = false;
        if (_context.Types.ValueTaskResult(output) is not { } result)
        {
            return null;
        }

        if (_batch is not null)
        {
            return _context.Types.IsReadOnlyDictionary(result)
                && result is INamedTypeSymbol { TypeArguments: [var key, var value] }
                && SymbolEqualityComparer.Default.Equals(key, _batch.ItemType)
                    ? value
                    : null;
        }

        givesItem = _context.Types.IsCacheItem(result);
        return givesItem ? ((INamedTypeSymbol)result).TypeArguments[0] : result;
    }

    private bool CanBeNullAlone(ITypeSymbol created) =>
        TypeText.IsAnnotated(created) && _value.NullableAnnotation == NullableAnnotation.NotAnnotated;

    private string Expected(IEnumerable<ITypeSymbol> inputs)
    {
        var value = TypeText.Message(_value);
        var result = _batch is null ? value : $"IReadOnlyDictionary<{TypeText.Message(_batch.ItemType)}, {value}>";
        return $"Func<{string.Concat(inputs.Select(static input => TypeText.Message(input) + ", "))}CancellationToken, ValueTask<{result}>>";
    }

    private Location TypeLocation(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax { Type: { } type } ? type.GetLocation() : _context.LocationOf(parameter);
}
