namespace TypedCache.Tool.Values;

/// <summary>A stored value, or a part of one, as it is shown.</summary>
internal abstract record ValueNode
{
    /// <summary>What has to be said of it beside the value; null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>One that has no parts.</summary>
    /// <param name="Text">Its text, without quotes.</param>
    /// <param name="Kind">How it is written.</param>
    internal sealed record Scalar(string Text, ScalarKind Kind) : ValueNode;

    /// <summary>Parts that have names.</summary>
    /// <param name="Type">The type, without its namespace; empty where it is not known.</param>
    /// <param name="Items">The parts.</param>
    internal sealed record Members(string Type, IReadOnlyList<NamedNode> Items) : ValueNode;

    /// <summary>Parts one after the other.</summary>
    internal sealed record List(IReadOnlyList<ValueNode> Items) : ValueNode;
}

/// <summary>A part and its name.</summary>
internal sealed record NamedNode(string Name, ValueNode Value);

/// <summary>How a scalar is written.</summary>
internal enum ScalarKind
{
    /// <summary>As a number.</summary>
    Number,

    /// <summary>As text in quotes.</summary>
    Text,

    /// <summary>As <c>null</c>, <c>true</c> or <c>false</c>.</summary>
    Word,

    /// <summary>A name, a time or bytes in hexadecimal digits: without quotes for people, and as text in JSON.</summary>
    Symbol,
}
