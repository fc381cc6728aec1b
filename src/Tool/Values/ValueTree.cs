using Spectre.Console;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Values;

/// <summary>A value for people.</summary>
internal static class ValueTree
{
    private const int MostItems = 50;
    private const int LongestText = 1000;
    private const int LongestSymbol = 130;

    /// <summary>Makes the tree.</summary>
    public static Tree Of(ValueNode value)
    {
        var tree = new Tree(Markup.Escape(Line(value)));
        AddParts(tree, value);
        return tree;
    }

    private static void AddParts(IHasTreeNodes parent, ValueNode value)
    {
        var parts = value switch
        {
            ValueNode.Members members => members.Items.Select(member => (Name: Shown.Printable(member.Name), member.Value)),
            ValueNode.List list => list.Items.Select((item, index) => (Name: $"[{index}]", Value: item)),
            _ => [],
        };
        var shown = 0;
        foreach (var (name, part) in parts)
        {
            if (shown++ == MostItems)
            {
                parent.AddNode(Markup.Escape($"and {Shown.Count(Count(value) - MostItems)} more; --json shows all"));
                break;
            }

            AddParts(parent.AddNode(Markup.Escape($"{name}: {Line(part)}")), part);
        }
    }

    private static int Count(ValueNode value) => value switch
    {
        ValueNode.Members members => members.Items.Count,
        ValueNode.List list => list.Items.Count,
        _ => 0,
    };

    private static string Line(ValueNode value)
    {
        var text = value switch
        {
            ValueNode.Scalar { Kind: ScalarKind.Text } scalar => $"\"{Shown.Printable(Shown.Cut(scalar.Text, LongestText))}\"",
            ValueNode.Scalar scalar => Shown.Printable(Shown.Cut(scalar.Text, LongestSymbol)),
            ValueNode.Members { Type.Length: > 0 } members => members.Type,
            ValueNode.Members members => $"{Shown.Count(members.Items.Count)} entries",
            _ => $"{Shown.Count(Count(value))} items",
        };
        return value.Note is null ? text : $"{text}  ({value.Note})";
    }
}
