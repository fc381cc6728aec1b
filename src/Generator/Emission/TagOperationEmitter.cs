using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes one method that invalidates a tag.</summary>
internal static class TagOperationEmitter
{
    public static void Emit(SourceWriter writer, ClientModel client, TagOperationModel operation)
    {
        var what = operation.IsRemoval ? "Removes" : "Marks as stale";
        writer.Line($"/// <summary>{what} all values with the tag <c>{CodeText.Xml(operation.Tag.Text)}</c>.</summary>");
        using var body = writer.Block(MemberText.Signature(operation.ReturnType, operation.ExplicitInterface, operation.Name, operation.Parameters));
        MemberText.EmitChecks(writer, operation.NotNull);
        string?[] arguments =
        [
            KeyEmitter.Bytes(client, operation.Tag, client.PoolName),
            operation.IsOfValue ? $"group: {CodeText.String(operation.Tag.Group)}" : null,
            operation.CancellationToken is { } token ? $"cancellationToken: {token}" : null,
            TemplateEmitter.Argument(client, operation.Tag),
        ];
        var target = operation.IsRemoval ? "RemoveTagAsync" : "InvalidateTagAsync";
        writer.Line($"return {MemberText.Parenthesized($"{client.PoolName}.{target}", [.. arguments.OfType<string>()])}{(operation.IsTask ? ".AsTask()" : "")};");
    }
}
