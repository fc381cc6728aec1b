using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Benchmarks;

/// <summary>The source that one generator is measured with: many files, each with one type that has members to be generated.</summary>
internal interface IWorkload
{
    /// <summary>The generator, as its users know it.</summary>
    string Name { get; }

    /// <summary>The generators to run.</summary>
    IEnumerable<ISourceGenerator> CreateGenerators();

    /// <summary>The text of one file.</summary>
    /// <param name="index">The number of the file.</param>
    /// <param name="members">How many members are generated.</param>
    /// <param name="word">What the first member's attribute or name says; another word changes that member.</param>
    string File(int index, int members, string word);
}
