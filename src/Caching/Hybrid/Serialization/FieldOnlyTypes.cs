using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedCache.Caching;

/// <summary>
/// Finds types such as tuples, which have fields and no properties: by default JSON would leave all of their content out.
/// </summary>
internal static class FieldOnlyTypes
{
    /// <summary>Whether a type is such a type, or has one inside.</summary>
    /// <param name="type">The type.</param>
    /// <param name="usual">Options that leave fields out.</param>
    /// <param name="withFields">The same options with fields.</param>
    public static bool Has(Type type, JsonSerializerOptions usual, JsonSerializerOptions withFields)
    {
        var seen = new HashSet<Type>();
        return Search(type);

        bool Search(Type? type) => type is not null && seen.Add(type) && usual.TryGetTypeInfo(type, out var info) && info.Kind switch
        {
            JsonTypeInfoKind.Object => info.Properties.Count == 0 ? HasFields(type) : info.Properties.Any(property => Search(property.PropertyType)),
            JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary => Search(info.KeyType) || Search(info.ElementType),
            _ => false,
        };

        bool HasFields(Type type) => withFields.TryGetTypeInfo(type, out var info) && info.Properties.Count > 0;
    }
}
