using System.ComponentModel;

namespace TypedCache;

/// <summary>
/// The keys of an assembly and what is stored under them, as the generator writes it into each assembly with a <c>[CacheClient]</c>: the
/// same JSON that <c>TypedCache.contract.json</c> has. Tools read it without running the assembly.
/// </summary>
/// <param name="json">The contract.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CacheContractAttribute(string json) : Attribute
{
    /// <summary>The contract as JSON.</summary>
    public string Json { get; } = json;
}
