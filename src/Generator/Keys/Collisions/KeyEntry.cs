using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>A template, and where it is declared.</summary>
/// <param name="Place">The interface among all, and the template in it.</param>
/// <param name="Use">The template.</param>
internal sealed record KeyEntry((int Client, int Index) Place, KeyUse Use)
{
    /// <summary>Whether one would read what the other stores as a different type.</summary>
    public bool MixesTypesWith(KeyEntry other) => Use.Value is { } value && other.Use.Value is { } otherValue && !value.FitsTo(otherValue);

    /// <summary>Whether both mean the same slots: Get(int id) and Set(Product product) with {product.Id}, or Get(long id).</summary>
    public bool IsMeantLike(KeyEntry other)
    {
        if (Use.Shape.Parts.Count != other.Use.Shape.Parts.Count)
        {
            return false;
        }

        var name = 0;
        return Use.Shape.Parts.Zip(other.Use.Shape.Parts, (mine, others) => (mine, others) switch
        {
            (ValueShapePart left, ValueShapePart right) => IsSameKind(left, right, Use.Names[name], other.Use.Names[name++]),
            _ => mine == others,
        }).All(static fits => fits);
    }

    private static bool IsSameKind(ValueShapePart one, ValueShapePart other, string name, string otherName) =>
        name == otherName
        || (one.Type == other.Type && one.Format == other.Format && one.Enum == other.Enum)
        || (IsInteger(one) && IsInteger(other));

    private static bool IsInteger(ValueShapePart part) => part is { Type: <= KeyValueType.UInt128, Format: null };
}

/// <summary>All templates of one shape that were declared so far, in order.</summary>
internal sealed record KeyGroup(KeyShape Shape, List<KeyEntry> Entries);
