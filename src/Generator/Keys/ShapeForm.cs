using System.Text;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>The form of a shape: templates of one form give the same key for the same arguments, whatever limits those have.</summary>
internal static class ShapeForm
{
    /// <summary>The form as text, which can be compared and ordered.</summary>
    public static string Of(KeyShape shape)
    {
        // Policies that escape and those that refuse differ only in what they do not take.
        var text = new StringBuilder(shape.Policy == KeyPolicy.Pecl ? "{pecl}" : "");
        foreach (var part in shape.Parts)
        {
            text.Append(part is ValueShapePart value ? Placeholder(value) : ((LiteralShapePart)part).Text.Replace("{", "{{"));
        }

        return text.ToString();
    }

    // All integers without a format have one text.
    private static string Placeholder(ValueShapePart part)
    {
        var type = part is { Type: <= KeyValueType.UInt128, Format: null } ? "integer" : part.Type.ToString();
        var names = part.Enum is { } named ? $"({string.Join(",", named.Names)})" : "";
        return $"{{{type}{names}{(part.Format is { } format ? ":" + format : "")}}}";
    }
}
