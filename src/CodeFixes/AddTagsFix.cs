using System.Collections.Immutable;
using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Adds the tags that another method of the same key has, and the parameters that they need.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddTagsFix))]
[Shared]
public sealed class AddTagsFix : TextFix<MethodDeclarationSyntax>
{
    // A property of the value is no parameter.
    private const string ValueName = "value";

    private static readonly Regex Placeholder = new(@"(?<!\{)\{@?(?<name>\w+)(?<rest>[^{}]*)\}", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0501"];

    private protected override string Title => "Add the tags of the key";

    private protected override TextChange? FindChange(MethodDeclarationSyntax method, Diagnostic diagnostic, SemanticModel model)
    {
        if (KeyAttributeSyntax.Find(method) is not { Parent: AttributeListSyntax list } key || FindModel(method, key) is not { } other)
        {
            return null;
        }

        var names = MapNames(KeyAttributeSyntax.Find(other)!, key);
        var known = Tags(method).ToImmutableHashSet();
        var missing = Tags(other).Select(tag => Placeholder.Replace(tag, match => Rename(match, names))).Where(tag => !known.Contains(tag)).ToArray();
        var parameters = FindParameters(method, other, missing);
        if (missing.Length == 0 || parameters is null)
        {
            return null;
        }

        // From behind the key's attribute to the first parameter: what lies between stays.
        var span = TextSpan.FromBounds(list.Span.End, method.ParameterList.OpenParenToken.Span.End);
        var attributes = string.Concat(missing.Select(static tag => $" [CacheTag({Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(tag, quote: true)})]"));
        var separator = parameters.Length > 0 && method.ParameterList.Parameters.Count > 0 ? ", " : "";
        return new TextChange(span, $"{attributes}{method.SyntaxTree.GetText().ToString(span)}{string.Join(", ", parameters)}{separator}");
    }

    // The method of the same interface and key with the most tags.
    private static MethodDeclarationSyntax? FindModel(MethodDeclarationSyntax method, AttributeSyntax key) => (method.Parent as TypeDeclarationSyntax)?.Members
        .OfType<MethodDeclarationSyntax>()
        .Where(other => other != method && KeyAttributeSyntax.Find(other) is { } otherKey && Shape(otherKey) is { } shape && shape == Shape(key))
        .OrderByDescending(static other => Tags(other).Count())
        .FirstOrDefault();

    private static string? Shape(AttributeSyntax key) => KeyAttributeSyntax.Template(key) is { } template ? Placeholder.Replace(template, "{${rest}}") : null;

    private static IEnumerable<string> Tags(MethodDeclarationSyntax method) => KeyAttributeSyntax.FindTags(method).Select(KeyAttributeSyntax.Template).OfType<string>();

    // What the key of the one calls id can be called ids by the other.
    private static Dictionary<string, string> MapNames(AttributeSyntax from, AttributeSyntax to)
    {
        var (old, renamed) = (Placeholder.Matches(KeyAttributeSyntax.Template(from)!), Placeholder.Matches(KeyAttributeSyntax.Template(to)!));
        var names = new Dictionary<string, string>();
        for (var i = 0; i < old.Count && i < renamed.Count; i++)
        {
            names[old[i].Groups["name"].Value] = renamed[i].Groups["name"].Value;
        }

        return names;
    }

    private static string Rename(Match placeholder, Dictionary<string, string> names) =>
        names.TryGetValue(placeholder.Groups["name"].Value, out var name) ? $"{{{name}{placeholder.Groups["rest"].Value}}}" : placeholder.Value;

    // Null where the other method has no such parameter either.
    private static string[]? FindParameters(MethodDeclarationSyntax method, MethodDeclarationSyntax other, IEnumerable<string> tags)
    {
        var names = tags
            .SelectMany(static tag => Placeholder.Matches(tag).Cast<Match>())
            .Select(static match => match.Groups["name"].Value)
            .Where(name => name != ValueName && !Has(method, name))
            .Distinct()
            .ToArray();
        return Array.TrueForAll(names, name => Has(other, name))
            ? [.. other.ParameterList.Parameters.Where(parameter => names.Contains(parameter.Identifier.ValueText)).Select(static parameter => $"{parameter.Type} {parameter.Identifier.Text}")]
            : null;
    }

    private static bool Has(MethodDeclarationSyntax method, string name) => method.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == name);
}
