using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Methods;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>
/// The functions that give the keys of one interface as text. Methods with one key share one: those that differ in their verb, and a
/// batch with the method for one of its items.
/// </summary>
internal sealed class KeyFunctions
{
    private const string ClassName = "Keys";
    private const string OtherClassName = "CacheKeys";
    private const string NameWithoutNoun = "Of";

    private readonly Dictionary<string, (string Text, int Index)> _keys = [];
    private readonly List<KeyFunctionModel> _functions = [];

    public EquatableArray<KeyFunctionModel> Functions => new(_functions);

    /// <summary>
    /// What the class of the functions is called: another name where the interface has such a member, or its templates could mean
    /// another type of that name.
    /// </summary>
    public static string FindClassName(SemanticModel model, INamedTypeSymbol client, int position)
    {
        var isTaken = !client.GetMembers(ClassName).IsEmpty
            || model.LookupNamespacesAndTypes(position, name: ClassName)
                .Any(found => found is ITypeSymbol && !client.AllInterfaces.Contains(found.ContainingType, SymbolEqualityComparer.Default));
        return isTaken ? Names.Unique(OtherClassName, [.. client.MemberNames]) : ClassName;
    }

    /// <summary>Adds the function of a method, unless there is one that gives the same key.</summary>
    /// <param name="method">The method.</param>
    /// <param name="noun">What the method's name says of the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="sources">What its placeholders name.</param>
    /// <param name="arguments">What they are made of, each once.</param>
    /// <param name="suffix">What stands behind a name that is taken from the method's as a whole.</param>
    public void Add(IMethodSymbol method, string noun, KeyModel key, IReadOnlyList<KeySource> sources, IEnumerable<KeyArgument> arguments, string suffix = "")
    {
        var inOrder = arguments
            .OrderBy(argument => method.Parameters.Contains(argument.Parameter, SymbolEqualityComparer.Default) ? argument.Parameter.Ordinal : int.MaxValue)
            .ToArray();
        var types = string.Join(", ", inOrder.Select(static argument => argument.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)));
        var (name, index) = FindName(noun, OperationVerbs.WithoutAsync(method.Name) + suffix, types, Text(key, sources, inOrder));
        if (index < _functions.Count)
        {
            _functions[index] = Share(_functions[index], method);
        }
        else
        {
            _functions.Add(new KeyFunctionModel(
                TypeText.Identifier(name),
                method.DeclaredAccessibility == Accessibility.Public,
                new EquatableArray<ParameterModel>(inOrder.Select(static argument => argument.ToModel())),
                new EquatableArray<string>(inOrder.Where(static argument => argument.Type.IsReferenceType).Select(static argument => argument.Name)),
                key)
            {
                Obsolete = ObsoleteMark.Find(method),
            });
        }
    }

    private static KeyFunctionModel Share(KeyFunctionModel function, IMethodSymbol method) =>
        ObsoleteMark.Find(method) is null ? function with { Obsolete = null } : function;

    // The function with the same key, or the next one. Parameters alone do not tell keys apart, so another key needs another name.
    private (string Name, int Index) FindName(string noun, string fullName, string types, string text)
    {
        for (var attempt = 0; ; attempt++)
        {
            var name = attempt switch
            {
                0 => noun.Length == 0 ? NameWithoutNoun : noun,
                1 => fullName,
                _ => FormattableString.Invariant($"{fullName}{attempt}"),
            };
            if (!SyntaxFacts.IsValidIdentifier(name) || name is ClassName or OtherClassName || ClientNames.IsOfObject(name))
            {
                continue;
            }

            if (!_keys.TryGetValue($"{name}({types})", out var known))
            {
                _keys.Add($"{name}({types})", (text, _functions.Count));
                return (name, _functions.Count);
            }

            if (known.Text == text)
            {
                return (name, known.Index);
            }
        }
    }

    // The key without the names of its parameters, which make no difference.
    private static string Text(KeyModel key, IReadOnlyList<KeySource> sources, KeyArgument[] arguments)
    {
        var next = 0;
        return string.Concat(key.Parts.Select(part => part is LiteralKeyPart literal ? literal.Text : Placeholder(sources[next++])));

        string Placeholder(KeySource source)
        {
            var number = Array.FindIndex(arguments, argument => SymbolEqualityComparer.Default.Equals(argument.Parameter, source.Parameter));
            return FormattableString.Invariant($"{{{number}.{string.Join(".", source.Placeholder.Path)}:{source.Placeholder.Format}}}");
        }
    }
}
