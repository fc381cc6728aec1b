using System.Globalization;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts.Json;

/// <summary>Reads a contract from its text, and refuses what it does not know.</summary>
internal static class ContractReader
{
    /// <exception cref="ContractMistakeException">The text is malformed.</exception>
    public static ContractFile Read(string text)
    {
        var root = new ObjectReader(JsonParser.Parse(text), "the contract");
        CheckFormat(root);
        var types = root.Object("types") is { } named ? ReadTypes(named) : [];
        var keys = root.Items("keys").Select(static item => ReadKey(new ObjectReader(item, "a key"))).ToList();
        var contract = new ContractFile(root.RequiredText("assembly"), new EquatableArray<ContractKey>(keys), new EquatableArray<ContractShape>(types));
        root.RefuseOthers();
        return contract;
    }

    private static void CheckFormat(ObjectReader root)
    {
        if (root.Number("format") is not { } format)
        {
            throw root.Mistake("\"format\" is missing");
        }

        if (format != ContractFile.Format)
        {
            throw root.Mistake($"its format is {format.ToString(CultureInfo.InvariantCulture)}, but this version reads format {ContractFile.Format}");
        }
    }

    private static ContractKey ReadKey(ObjectReader reader)
    {
        var key = new ContractKey(reader.RequiredText("pattern"), reader.RequiredText("client"))
        {
            Methods = reader.Texts("methods"),
            Prefix = reader.Text("prefix") ?? "",
            Version = reader.Integer("version") ?? 0,
            Schema = reader.Text("schema"),
            Policy = reader.Text("policy") ?? "Escape",
            Arguments = new EquatableArray<ContractArgument>(reader.Items("arguments").Select(static item => ReadArgument(new ObjectReader(item, "an argument")))),
            MaxLength = reader.Integer("maxLength"),
            Expires = reader.Text("expires"),
            Stale = reader.Text("stale"),
            Near = reader.Text("near"),
            Tags = reader.Texts("tags"),
            IsAppended = reader.Flag("appended"),
            Dialect = reader.Text("dialect"),
            Codec = reader.Text("codec"),
            Value = reader.Value("value") is { } value ? ContractTypeText.Read(value) : null,
        };
        if (ContractPattern.Literals(key.Pattern).Count != key.Arguments.Count + 1)
        {
            throw reader.Mistake("\"arguments\" does not have one item for each placeholder of the pattern");
        }

        reader.RefuseOthers();
        return key;
    }

    private static ContractArgument ReadArgument(ObjectReader reader)
    {
        var argument = new ContractArgument(reader.RequiredText("name"), reader.RequiredText("type"))
        {
            Format = reader.Text("format"),
            Names = reader.Texts("names"),
        };
        reader.RefuseOthers();
        return argument;
    }

    private static List<ContractShape> ReadTypes(ObjectReader types) =>
        [.. types.Properties.Select(static property => ReadShape(property.Name, new ObjectReader(property.Value, $"\"{property.Name}\"")))];

    private static ContractShape ReadShape(string name, ObjectReader reader)
    {
        ContractShape shape = reader.RequiredText("form") switch
        {
            "array" => ReadObject(name, reader, keyedByName: false),
            "map" => ReadObject(name, reader, keyedByName: true),
            "enum" => ReadEnum(name, reader),
            "union" => new ContractShape.Union(name, new EquatableArray<ContractCase>(reader.Items("cases").Select(static item => ReadCase(new ObjectReader(item, "a case"))))),
            var form => throw reader.Mistake($"the form \"{form}\" is not known: it is array, map, enum or union"),
        };
        reader.RefuseOthers();
        return shape;
    }

    private static ContractShape.Object ReadObject(string name, ObjectReader reader, bool keyedByName) => new(
        name,
        keyedByName,
        new EquatableArray<ContractMember>(reader.Items("members").Select(item => ReadMember(new ObjectReader(item, "a member"), keyedByName))))
    {
        IsStruct = reader.Flag("struct"),
    };

    private static ContractMember ReadMember(ObjectReader reader, bool keyedByName)
    {
        var key = keyedByName ? reader.RequiredText("key")
            : reader.Integer("key") is { } number and >= 0 ? number.ToString(CultureInfo.InvariantCulture)
            : throw reader.Mistake("\"key\" is missing or no number from 0 on");
        var access = reader.Text("access");
        if (access is not (null or "write" or "read"))
        {
            throw reader.Mistake("\"access\" is neither write nor read");
        }

        var member = new ContractMember(key, reader.RequiredText("name"), ContractTypeText.Read(reader.RequiredValue("type")))
        {
            IsRequired = reader.Flag("required"),
            IsWritten = access != "read",
            IsRead = access != "write",
        };
        reader.RefuseOthers();
        return member;
    }

    private static ContractShape.Enum ReadEnum(string name, ObjectReader reader)
    {
        var members = reader.Object("members")?.Properties ?? [];
        return new ContractShape.Enum(
            name,
            reader.RequiredText("number"),
            new EquatableArray<ContractEnumMember>(members.Select(static member => new ContractEnumMember(member.Name, member.Value is JsonValue.Number number
                ? number.Value
                : throw new ContractMistakeException(member.Value.Position, $"the number of \"{member.Name}\" is {member.Value.Kind}")))))
        {
            IsFlags = reader.Flag("flags"),
        };
    }

    private static ContractCase ReadCase(ObjectReader reader)
    {
        var item = new ContractCase(
            reader.Integer("key") ?? throw reader.Mistake("\"key\" is missing"),
            ContractTypeText.Read(reader.RequiredValue("type")));
        reader.RefuseOthers();
        return item;
    }
}
