using System.Globalization;
using TypedCache.Generator.Contracts;

namespace TypedCache.Tool.Values;

/// <summary>Enums by name.</summary>
internal static class EnumText
{
    /// <summary>The name of a number, or the names of those that are combined in it.</summary>
    public static ValueNode Of(ValueNode number, ContractShape.Enum shape)
    {
        var value = decimal.Parse(((ValueNode.Scalar)number).Text, CultureInfo.InvariantCulture);
        var names = Find(value, shape);
        return names is null ? number with { Note = "has no name" } : Scalars.Symbol(names) with { Note = ((ValueNode.Scalar)number).Text };
    }

    private static string? Find(decimal value, ContractShape.Enum shape)
    {
        if (shape.Members.FirstOrDefault(member => member.Number == value) is { } exact)
        {
            return exact.Name;
        }

        if (!shape.IsFlags || value < 0)
        {
            return null;
        }

        // The largest ones first, as ToString does it.
        var rest = (ulong)value;
        var names = new List<string>();
        foreach (var member in shape.Members.Where(member => member.Number > 0).OrderByDescending(member => member.Number))
        {
            var bits = (ulong)member.Number;
            if ((rest & bits) == bits)
            {
                rest &= ~bits;
                names.Insert(0, member.Name);
            }
        }

        return rest == 0 && names.Count > 0 ? string.Join(", ", names) : null;
    }
}
