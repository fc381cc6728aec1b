using System.Globalization;
using System.Text;

namespace TypedCache.Generator.Contracts.Json;

/// <summary>Writes a contract: two blanks for each level, and a line for what changes by itself.</summary>
internal static class ContractWriter
{
    public static string Write(ContractFile contract)
    {
        var text = new StringBuilder("{\n");
        text.Append("  \"format\": ").Append(ContractFile.Format).Append(",\n");
        text.Append("  \"assembly\": ").Append(JsonText.Quote(contract.Assembly)).Append(",\n");
        text.Append("  \"keys\": ");
        AppendBlock(text, '[', ']', contract.Keys.Select(Key));
        text.Append(",\n  \"types\": ");
        AppendBlock(text, '{', '}', contract.Types.Select(Shape));
        return text.Append("\n}").ToString();
    }

    private static void AppendBlock(StringBuilder text, char open, char close, IEnumerable<string> items)
    {
        var body = string.Join(",\n", items);
        text.Append(open).Append(body.Length == 0 ? "" : "\n" + body + "\n  ").Append(close);
    }

    private static string Key(ContractKey key)
    {
        var lines = new List<string>
        {
            Property("pattern", JsonText.Quote(key.Pattern)),
            Property("client", JsonText.Quote(key.Client)),
            Property("methods", Texts(key.Methods)),
        };
        AddText(lines, "prefix", key.Prefix.Length == 0 ? null : key.Prefix);
        AddNumber(lines, "version", key.Version == 0 ? null : key.Version);
        AddText(lines, "schema", key.Schema);
        lines.Add(Property("policy", JsonText.Quote(key.Policy)));
        if (key.Arguments.Count > 0)
        {
            lines.Add(Property("arguments", $"[{string.Join(", ", key.Arguments.Select(Argument))}]"));
        }

        AddNumber(lines, "maxLength", key.MaxLength);
        AddText(lines, "expires", key.Expires);
        AddText(lines, "stale", key.Stale);
        AddText(lines, "near", key.Near);
        if (key.Tags.Count > 0)
        {
            lines.Add(Property("tags", Texts(key.Tags)));
        }

        if (key.IsAppended)
        {
            lines.Add(Property("appended", "true"));
        }

        AddText(lines, "dialect", key.Dialect);
        AddText(lines, "codec", key.Codec);
        if (key.Value is { } value)
        {
            lines.Add(Property("value", ContractTypeText.Write(value)));
        }

        return $"    {{\n{string.Join(",\n", lines.Select(static line => "      " + line))}\n    }}";
    }

    private static string Argument(ContractArgument argument)
    {
        var parts = new List<string> { Property("name", JsonText.Quote(argument.Name)), Property("type", JsonText.Quote(argument.Type)) };
        AddText(parts, "format", argument.Format);
        if (argument.Names.Count > 0)
        {
            parts.Add(Property("names", Texts(argument.Names)));
        }

        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Shape(ContractShape shape) => $"    {JsonText.Quote(shape.Name)}: " + shape switch
    {
        ContractShape.Object item => Body(item.KeyedByName ? "map" : "array", item.IsStruct ? [Property("struct", "true")] : [], "members", '[', ']', item.Members.Select(member => Member(member, item.KeyedByName))),
        ContractShape.Enum item => Body("enum", EnumProperties(item), "members", '{', '}', item.Members.Select(static member => Property(member.Name, member.Number.ToString(CultureInfo.InvariantCulture)))),
        ContractShape.Union item => Body("union", [], "cases", '[', ']', item.Cases.Select(Case)),
        _ => throw new InvalidOperationException($"A shape of kind {shape.GetType()} is not known."),
    };

    private static IEnumerable<string> EnumProperties(ContractShape.Enum shape)
    {
        yield return Property("number", JsonText.Quote(shape.Number));
        if (shape.IsFlags)
        {
            yield return Property("flags", "true");
        }
    }

    private static string Body(string form, IEnumerable<string> properties, string name, char open, char close, IEnumerable<string> items)
    {
        var body = string.Join(",\n", items.Select(static item => "        " + item));
        string[] lines = [Property("form", JsonText.Quote(form)), .. properties, Property(name, open + (body.Length == 0 ? "" : $"\n{body}\n      ") + close)];
        return $"{{\n{string.Join(",\n", lines.Select(static line => "      " + line))}\n    }}";
    }

    private static string Member(ContractMember member, bool keyedByName)
    {
        var parts = new List<string>
        {
            Property("key", keyedByName ? JsonText.Quote(member.Key) : member.Key),
            Property("name", JsonText.Quote(member.Name)),
            Property("type", ContractTypeText.Write(member.Type)),
        };
        if (member.IsRequired)
        {
            parts.Add(Property("required", "true"));
        }

        AddText(parts, "access", (member.IsWritten, member.IsRead) switch { (true, true) => null, (true, false) => "write", _ => "read" });
        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Case(ContractCase item) =>
        $"{{ {Property("key", item.Key.ToString(CultureInfo.InvariantCulture))}, {Property("type", ContractTypeText.Write(item.Type))} }}";

    private static void AddText(List<string> lines, string name, string? value)
    {
        if (value is not null)
        {
            lines.Add(Property(name, JsonText.Quote(value)));
        }
    }

    private static void AddNumber(List<string> lines, string name, int? value)
    {
        if (value is { } number)
        {
            lines.Add(Property(name, number.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static string Texts(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(JsonText.Quote))}]";

    private static string Property(string name, string value) => $"{JsonText.Quote(name)}: {value}";
}
