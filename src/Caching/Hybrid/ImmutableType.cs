using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TypedCache.Caching;

/// <summary>Whether objects of a type can be shared by callers who do not know of each other.</summary>
internal static class ImmutableType<T>
{
    /// <summary>
    /// It is a string, or a value without references, or sealed and marked by <see cref="ImmutableObjectAttribute"/>. Other types may
    /// have descendants that can be changed.
    /// </summary>
    public static bool Holds { get; } = Decide();

    private static bool Decide()
    {
        if (typeof(T) == typeof(string) || typeof(T) == typeof(Version) || !RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            return true;
        }

        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return type.IsSealed && type.GetCustomAttribute<ImmutableObjectAttribute>() is { Immutable: true };
    }
}
