using Microsoft.CodeAnalysis;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Keys;
using TypedCache.Generator.Parsing.Naming;

namespace TypedCache.Generator.Parsing.Tags;

/// <summary>
/// Gathers the tags of one interface. What is generated for a tag is called as the method that invalidates it says, which can be declared
/// behind those whose values have it.
/// </summary>
internal sealed class ClientTags
{
    private const string Suffix = "Tag";

    private readonly List<Use> _uses = [];

    /// <summary>Whether any value has a tag.</summary>
    public bool HasTags => _uses.Exists(static use => use.Role != TagRole.Invalidates);

    /// <summary>Adds a tag.</summary>
    /// <param name="method">The method.</param>
    /// <param name="tag">The tag's template.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="role">Whether the method's values have the tag, or the method invalidates it.</param>
    /// <param name="noun">What the name of a method that invalidates it says of the tag.</param>
    public void Add(IMethodSymbol method, KeyParser tag, KeyModel key, TagRole role, string noun = "") => _uses.Add(new Use(method, tag, key, role, noun));

    /// <summary>Whether a tag can be one of those that are read from a value.</summary>
    public bool IsOfValue(KeyModel key) => _uses.Exists(use => use.Role == TagRole.IsTagOfValue && use.Key.Group == key.Group);

    /// <summary>Chooses the names, once all tags are known.</summary>
    public void ChooseNames(ClientContext context)
    {
        foreach (var use in _uses.OrderBy(static use => use.Role != TagRole.Invalidates))
        {
            var isInvalidation = use.Role == TagRole.Invalidates;
            context.KeyMethods.AddTag(use.Key, use.Tag.Template!, use.Noun, isAdded: !isInvalidation, isOfValue: use.Role == TagRole.IsTagOfValue);
            if (isInvalidation || (use.Role == TagRole.IsTag && !IsInvalidated(use.Key)))
            {
                context.KeyFunctions.Add(use.Method, Name(use), use.Key, use.Tag.Sources, use.Tag.Arguments, Suffix);
            }

            if (isInvalidation || use.Key.IsSensitive)
            {
                context.TemplateFields.Add(context.Prefix, use.Key, Name(use));
            }
        }
    }

    private bool IsInvalidated(KeyModel key) => _uses.Exists(use => use.Role == TagRole.Invalidates && use.Key.IsWrittenLike(key));

    private static string Name(Use use)
    {
        var words = use.Noun.Length > 0 ? use.Noun : Names.Words(Literals(use.Tag.Template!));
        return words.EndsWith(Suffix, StringComparison.Ordinal) ? words : words + Suffix;
    }

    private static string Literals(KeyTemplate template) =>
        string.Concat(template.Segments.OfType<LiteralSegment>().Select(static literal => literal.Text + " "));

    private sealed record Use(IMethodSymbol Method, KeyParser Tag, KeyModel Key, TagRole Role, string Noun);
}
