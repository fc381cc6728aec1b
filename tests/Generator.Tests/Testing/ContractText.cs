using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.Generator.Tests.Testing;

/// <summary>A contract beside a project file.</summary>
internal sealed class ContractText(string text) : AdditionalText
{
    public const string FileName = "/shop/TypedCache.contract.json";

    public override string Path => FileName;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
