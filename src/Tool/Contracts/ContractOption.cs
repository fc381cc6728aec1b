using System.CommandLine;
using TypedCache.Generator.Contracts;
using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Contracts;

/// <summary>The option <c>--contract</c>: which patterns keys have, and what is stored under them.</summary>
internal sealed class ContractOption
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--contract", "-c")
    {
        Description = "the application's TypedCache.contract.json, its folder, or its built assembly",
        HelpName = "file",
    };

    /// <summary>Reads the contract; null: none is given.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public ContractFile? Read(ParseResult parsed) => parsed.GetValue(Option) is { } path ? ContractSource.Read(path) : null;

    /// <summary>Makes a table of the contract's patterns, or of those that are learned from the keys where there is no contract.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="keyPrefix">What the pool puts in front of all keys.</param>
    /// <exception cref="ArgumentException">The contract cannot be read.</exception>
    public PatternTable<T> CreateTable<T>(ParseResult parsed, string keyPrefix)
        where T : class, IPatternCount<T>, new() =>
        Read(parsed) is { } contract ? new ContractPatterns<T>(new KeyMatcher(contract), keyPrefix) : new LearnedPatterns<T>(keyPrefix);
}
