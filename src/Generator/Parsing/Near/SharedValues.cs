using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Near;

/// <summary>Decides which values of one interface all callers can share, and tells why the others cannot be.</summary>
internal sealed class SharedValues(Compilation compilation, DiagnosticCollector diagnostics)
{
    private readonly Dictionary<(ITypeSymbol Type, bool IsCustom), bool> _known = new(Comparer.Instance);

    /// <summary>Whether nothing in a value can change; reports the first place at which something can, once for each type.</summary>
    /// <param name="declared">The type of the value.</param>
    /// <param name="codec">Its codec.</param>
    /// <param name="location">Where the type is written.</param>
    public bool CheckShared(ITypeSymbol declared, CodecReference codec, Location location)
    {
        var type = TypeText.WithoutAnnotation(declared);
        var key = (type, codec.CustomName is not null);
        if (!_known.TryGetValue(key, out var isShared))
        {
            var part = new ImmutabilityCheck(compilation).FindMutablePart(type, codec.CustomName is not null);
            isShared = part is null;
            _known.Add(key, isShared);
            if (part is not null)
            {
                diagnostics.Report(Rules.NearNotShared, location, TypeText.Message(type), part.Reason, part.Fix);
            }
        }

        return isShared;
    }

    private sealed class Comparer : IEqualityComparer<(ITypeSymbol Type, bool IsCustom)>
    {
        public static Comparer Instance { get; } = new();

        public bool Equals((ITypeSymbol Type, bool IsCustom) x, (ITypeSymbol Type, bool IsCustom) y) =>
            x.IsCustom == y.IsCustom && SymbolEqualityComparer.Default.Equals(x.Type, y.Type);

        public int GetHashCode((ITypeSymbol Type, bool IsCustom) key) => SymbolEqualityComparer.Default.GetHashCode(key.Type);
    }
}
