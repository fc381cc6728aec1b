using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;

namespace TypedCache.Generator.Incremental;

/// <summary>
/// Reads the interfaces with <c>[CacheClient]</c>, and keeps what it read of one as long as its file and all that its meaning can depend on
/// stay the same. It is asked with each keystroke, and a new compilation keeps nothing that the previous one knew.
/// </summary>
internal static class ClientReader
{
    private static readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<ClientCandidate, KnownClient>> ByTree = new();

    /// <summary>The clients of a project, in the order of their files.</summary>
    public static EquatableArray<ParsedClient> Read(Compilation compilation, CancellationToken cancellation)
    {
        var project = ProjectSignature.Of(compilation, cancellation);
        var clients = new List<ParsedClient>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var candidate in TreeSignature.Of(tree, cancellation).Candidates)
            {
                if (candidate.CanBeClient(tree, project) && Read(candidate, tree, compilation, project, cancellation) is { } client)
                {
                    clients.Add(client);
                }
            }
        }

        return new EquatableArray<ParsedClient>(clients);
    }

    private static ParsedClient? Read(
        ClientCandidate candidate, SyntaxTree tree, Compilation compilation, ProjectSignature project, CancellationToken cancellation)
    {
        var known = ByTree.GetOrCreateValue(tree);
        if (!known.TryGetValue(candidate, out var client) || !client.HoldsIn(project))
        {
            var syntax = candidate.Syntax(tree, cancellation);
            var parsed = ClientParser.Parse(syntax, compilation.GetSemanticModel(tree), cancellation);
            client = new KnownClient(parsed is null ? null : WithinProject(parsed, project, syntax), project, tree, candidate.OutermostStart);
            known[candidate] = client;
        }

        return client.Parsed;
    }

    // The source of another project of the solution is known, too, but nothing can be reported there.
    private static ParsedClient WithinProject(ParsedClient client, ProjectSignature project, InterfaceDeclarationSyntax syntax)
    {
        if (client.Locations.All(IsWithin))
        {
            return client;
        }

        var own = syntax.Identifier.GetLocation();
        return client with
        {
            Findings = new EquatableArray<Finding>(client.Findings.Select(finding => IsWithin(finding.Location) ? finding : finding with { Location = own }).Distinct()),
            KeyPlaces = new EquatableArray<SourcePlace>(client.KeyPlaces.Select(place => IsWithin(place.Location) ? place : new SourcePlace(own))),
        };

        bool IsWithin(Location location) => location.SourceTree is not { } tree || project.Contains(tree);
    }
}
