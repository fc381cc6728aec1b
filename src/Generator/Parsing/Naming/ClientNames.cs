using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Naming;

/// <summary>
/// All names in the file of one interface that generated code writes without saying where they are: of the client's members, and of the
/// classes beside it. None is given twice, nor one that hides, or is hidden by, what people have named.
/// </summary>
/// <param name="space">The namespace of the file.</param>
/// <param name="client">The interface; null where codecs stand alone.</param>
internal sealed class ClientNames(INamespaceSymbol? space, INamedTypeSymbol? client = null)
{
    /// <summary>The members of every object.</summary>
    private static readonly string[] OfObject =
        ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    private readonly HashSet<string> _taken = new(client is null ? OfObject : [.. OfObject, .. NamesIn(client)], StringComparer.Ordinal);

    /// <summary>Whether every object has a member of this name, which another one would hide.</summary>
    public static bool IsOfObject(string name) => OfObject.Contains(name);

    /// <summary>Takes a name for a member: the preferred one, or with a number behind it.</summary>
    public string TakeMember(string preferred) => Take(preferred, IsTaken);

    /// <summary>Takes a name for a class in the namespace of the file: the preferred one, or with a number behind it.</summary>
    public string TakeClass(string preferred) => Take(preferred, IsTakenForClass);

    /// <summary>Takes a name as it is; it has to be free.</summary>
    public void Add(string name) => _taken.Add(name);

    /// <summary>Gives a name back.</summary>
    public void Release(string name) => _taken.Remove(name);

    /// <summary>Whether a member cannot have a name.</summary>
    public bool IsTaken(string name) => _taken.Contains(name);

    /// <summary>Whether a class cannot have a name. It may hide nothing of the project, which the same file can name.</summary>
    public bool IsTakenForClass(string name) => IsTaken(name)
        || space?.GetTypeMembers(name, arity: 0).IsEmpty == false
        || space?.GetNamespaceMembers().Any(inner => inner.Name == name) == true;

    private string Take(string preferred, Predicate<string> isTaken)
    {
        var name = Names.Unique(preferred, isTaken);
        _taken.Add(name);
        return name;
    }

    // Inside a method its parameters hide everything else.
    private static IEnumerable<string> NamesIn(INamedTypeSymbol client) => client.AllInterfaces.Insert(0, client)
        .SelectMany(static type => type.GetMembers())
        .SelectMany(static member => member is IMethodSymbol method
            ? method.Parameters.Select(static parameter => parameter.Name).Prepend(method.Name)
            : [member.Name]);
}
