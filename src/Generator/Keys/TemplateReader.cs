using System.Globalization;
using System.Text;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>Reads a key template from the left to the right.</summary>
internal sealed class TemplateReader(string template)
{
    private readonly List<TemplateSegment> _segments = [];
    private readonly StringBuilder _literal = new();
    private TemplateError? _error;
    private int _literalStart;
    private int _position;

    public KeyTemplate? Read(out TemplateError? error)
    {
        if (template.Length == 0)
        {
            _error = new TemplateError(0, 0, "it is empty; write the key, for example \"product:{id}\"");
        }

        while (_error is null && _position < template.Length)
        {
            ReadNext();
        }

        EndLiteral();
        error = _error;
        return _error is null ? new KeyTemplate(new EquatableArray<TemplateSegment>(_segments)) : null;
    }

    private void ReadNext()
    {
        var current = template[_position];
        if (current is '{' or '}' && _position + 1 < template.Length && template[_position + 1] == current)
        {
            _literal.Append(current);
            _position += 2;
        }
        else if (current == '{')
        {
            EndLiteral();
            ReadPlaceholder();
            _literalStart = _position;
        }
        else if (current == '}')
        {
            _error = new TemplateError(_position, 1, "'}' does not close a placeholder; write '}}' for a brace in the key");
        }
        else
        {
            _literal.Append(current);
            _position++;
        }
    }

    private void EndLiteral()
    {
        if (_literal.Length > 0)
        {
            _segments.Add(new LiteralSegment(_literal.ToString(), _literalStart, _position - _literalStart));
            _literal.Clear();
        }
    }

    private void ReadPlaceholder()
    {
        var start = _position;
        var end = template.IndexOfAny(['{', '}'], start + 1);
        if (end < 0 || template[end] == '{')
        {
            var length = (end < 0 ? template.Length : end) - start;
            _error = new TemplateError(start, length, "the placeholder is not closed; add '}', or write '{{' for a brace in the key");
            return;
        }

        _position = end + 1;
        var content = template.Substring(start + 1, end - start - 1);
        var colon = content.IndexOf(':');
        var names = (colon < 0 ? content : content.Substring(0, colon)).Split('.');
        if (!names.All(IsIdentifier) || colon == content.Length - 1)
        {
            _error = new TemplateError(start, _position - start, content.Length == 0
                ? "the placeholder is empty; name a parameter"
                : $"'{content}' is not a placeholder; write {{parameter}}, {{parameter.Property}} or {{parameter:format}}");
            return;
        }

        _segments.Add(new PlaceholderSegment(
            names[0].TrimStart('@'),
            new EquatableArray<string>(names.Skip(1)),
            colon < 0 ? null : content.Substring(colon + 1),
            colon < 0 ? 0 : start + 1 + colon + 1,
            start,
            _position - start));
    }

    private static bool IsIdentifier(string name)
    {
        var bare = name.StartsWith("@", StringComparison.Ordinal) ? name.Substring(1) : name;
        return bare.Length > 0
            && (char.IsLetter(bare[0]) || bare[0] == '_')
            && bare.All(static c => c == '_' || char.IsLetterOrDigit(c) || IsCombining(c));
    }

    private static bool IsCombining(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;
}
