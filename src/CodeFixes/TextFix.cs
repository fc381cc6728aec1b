using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>
/// A fix that changes a few characters. All fixes of a document are made in one go, so that several that write into one template or one
/// parameter list stand next to each other.
/// </summary>
/// <typeparam name="TNode">What the diagnostic is about: the innermost node of this kind around its place.</typeparam>
public abstract class TextFix<TNode> : CodeFixProvider
    where TNode : SyntaxNode
{
    /// <summary>What the fix is called in menus.</summary>
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await FindChangeAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not null)
            {
                var action = CodeAction.Create(
                    Title, cancellation => ApplyAsync(context.Document, [diagnostic], cancellation), equivalenceKey: GetType().Name);
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    /// <summary>The change that fixes the diagnostic; null where there is none.</summary>
    /// <param name="node">What the diagnostic is about.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="model">What the names in the file mean.</param>
    private protected abstract TextChange? FindChange(TNode node, Diagnostic diagnostic, SemanticModel model);

    private async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var changes = new List<TextChange>();
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan))
        {
            // Two interfaces can ask for the same change of the type around them.
            if (await FindChangeAsync(document, diagnostic, cancellation).ConfigureAwait(false) is { } change && !changes.Contains(change))
            {
                changes.Add(change);
            }
        }

        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.OrderBy(static change => change.Span.Start)));
    }

    private async Task<TextChange?> FindChangeAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var node = root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>();
        return node is null || model is null ? null : FindChange(node, diagnostic, model);
    }
}
