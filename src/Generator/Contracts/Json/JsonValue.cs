namespace TypedCache.Generator.Contracts.Json;

/// <summary>A value of a JSON text, which knows where it stands.</summary>
/// <param name="Position">Where it begins, in characters from the beginning of the text.</param>
internal abstract record JsonValue(int Position)
{
    /// <summary>What it is called in messages.</summary>
    public abstract string Kind { get; }

    internal sealed record Text(int Position, string Value) : JsonValue(Position)
    {
        public override string Kind => "a text";
    }

    internal sealed record Number(int Position, decimal Value) : JsonValue(Position)
    {
        public override string Kind => "a number";
    }

    internal sealed record Boolean(int Position, bool Value) : JsonValue(Position)
    {
        public override string Kind => Value ? "true" : "false";
    }

    internal sealed record Null(int Position) : JsonValue(Position)
    {
        public override string Kind => "null";
    }

    internal sealed record Array(int Position, IReadOnlyList<JsonValue> Items) : JsonValue(Position)
    {
        public override string Kind => "an array";
    }

    internal sealed record Object(int Position, IReadOnlyList<JsonProperty> Properties) : JsonValue(Position)
    {
        public override string Kind => "an object";
    }
}

/// <param name="Position">Where its name begins.</param>
internal sealed record JsonProperty(int Position, string Name, JsonValue Value);
