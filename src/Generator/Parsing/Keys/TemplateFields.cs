using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Naming;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>Gathers what the keys of one interface are called in telemetry. Those with one template share a name, and so do those that the same code writes.</summary>
internal sealed class TemplateFields
{
    private const string Suffix = "Template";
    private const string NameWithoutSubject = "key";

    private readonly List<TemplateField> _fields = [];

    /// <summary>Adds the key of a member.</summary>
    /// <param name="client">What the interface's keys begin with.</param>
    /// <param name="key">The key.</param>
    /// <param name="noun">What the member's name says of the value.</param>
    public void Add(string client, KeyModel key, string noun)
    {
        var known = _fields.FindIndex(other => other.Key.IsCalledLike(key));
        if (known < 0)
        {
            _fields.Add(new TemplateField(Subject(key, noun), client, key, key.IsSensitive));
        }
        else if (key.IsSensitive)
        {
            _fields[known] = _fields[known] with { IsSensitive = true };
        }
    }

    /// <summary>The fields, in the order in which their keys were added.</summary>
    /// <param name="names">All names of the file.</param>
    public EquatableArray<TemplateField> Create(ClientNames names) =>
        new(_fields.Select(field => field with { Name = names.TakeMember($"_{field.Name}{Suffix}") }));

    // What a member's name says comes first, then what the template says.
    private static string Subject(KeyModel key, string noun)
    {
        var literals = string.Concat(key.Parts.OfType<LiteralKeyPart>().Select(static part => part.Text + " "));
        var words = noun.Length > 0 ? noun : Names.Words(literals);
        return words.Length > 0 && char.IsLetter(words[0]) ? Names.Uncapitalized(words) : NameWithoutSubject;
    }
}
