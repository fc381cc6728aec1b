using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts.Json;

/// <summary>Takes the properties of an object one by one, and knows at the end which of them nobody took.</summary>
internal sealed class ObjectReader
{
    private readonly JsonValue.Object _object;
    private readonly string _name;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <param name="value">The value, which must be an object.</param>
    /// <param name="name">What it is called in messages.</param>
    public ObjectReader(JsonValue value, string name)
    {
        _name = name;
        _object = value as JsonValue.Object ?? throw new ContractMistakeException(value.Position, $"{name} is {value.Kind} and no object");
    }

    public IReadOnlyList<JsonProperty> Properties => _object.Properties;

    public JsonValue? Value(string name)
    {
        _taken.Add(name);
        return _object.Properties.FirstOrDefault(property => property.Name == name)?.Value;
    }

    public JsonValue RequiredValue(string name) => Value(name) ?? throw Mistake($"\"{name}\" is missing");

    public string? Text(string name) => Value(name) switch
    {
        null => null,
        JsonValue.Text text => text.Value,
        var other => throw Wrong(name, other, "a text"),
    };

    public string RequiredText(string name) => Text(name) ?? throw Mistake($"\"{name}\" is missing");

    public decimal? Number(string name) => Value(name) switch
    {
        null => null,
        JsonValue.Number number => number.Value,
        var other => throw Wrong(name, other, "a number"),
    };

    public int? Integer(string name) => Number(name) switch
    {
        null => null,
        { } number when number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue => (int)number,
        _ => throw Wrong(name, Value(name)!, "an integer"),
    };

    public bool Flag(string name) => Value(name) switch
    {
        null => false,
        JsonValue.Boolean flag => flag.Value,
        var other => throw Wrong(name, other, "true or false"),
    };

    public IReadOnlyList<JsonValue> Items(string name) => Value(name) switch
    {
        null => [],
        JsonValue.Array array => array.Items,
        var other => throw Wrong(name, other, "an array"),
    };

    public EquatableArray<string> Texts(string name) => new(Items(name).Select(item => item is JsonValue.Text text ? text.Value : throw Wrong(name, item, "a text")));

    public ObjectReader? Object(string name) => Value(name) is { } value ? new ObjectReader(value, $"\"{name}\"") : null;

    /// <summary>Refuses what was not asked for: a name with a typing mistake must not be ignored.</summary>
    public void RefuseOthers()
    {
        if (_object.Properties.FirstOrDefault(property => !_taken.Contains(property.Name)) is { } other)
        {
            throw new ContractMistakeException(other.Position, $"\"{other.Name}\" of {_name} is not known");
        }
    }

    public ContractMistakeException Mistake(string reason) => new(_object.Position, $"{reason}, in {_name}");

    private static ContractMistakeException Wrong(string name, JsonValue value, string expected) =>
        new(value.Position, $"\"{name}\" is {value.Kind} where {expected} is expected");
}
