using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes one method which gives an entry, a counter or a set of entries.</summary>
internal sealed class EntryEmitter(SourceWriter writer, ClientModel client, EntryModel entry, string poolField)
{
    public void Emit()
    {
        writer.Line($"/// <summary>{Summary()} <c>{CodeText.Xml(entry.Key.Text)}</c>.</summary>");
        using var body = writer.Block(MemberText.Signature(entry.ReturnType, entry.ExplicitInterface, entry.Name, entry.Parameters));
        MemberText.EmitNullChecks(writer, entry.NotNull);
        if (entry.Kind == EntryKind.CacheEntrySet)
        {
            EmitReturn(Lambda(), KeyEmitter.Policy(client.KeyPolicy));
        }
        else if (KeyEmitter.IsConstant(entry.Key))
        {
            EmitReturn(KeyEmitter.Constant(entry.Key));
        }
        else
        {
            KeyEmitter.EmitWriter(writer, entry.Key, client.KeyPolicy);
            EmitReturn($"{entry.Key.WriterName}.Finish()");
        }
    }

    private string Summary() => entry.Kind switch
    {
        EntryKind.CacheEntry => "The entry",
        EntryKind.CacheCounter => "The counter",
        _ => "The entries",
    };

    // Only one without parameters of its own can be static, and is then made once.
    private string Lambda() => MemberText.Lambda(
        $"{(entry.Parameters.Count == 0 ? "static " : "")}(ref {RuntimeNames.Code.KeyWriter} {entry.Key.WriterName}, {entry.Item!.Type} {entry.Item.Name})",
        KeyEmitter.Statements(entry.Key));

    private void EmitReturn(params string[] key)
    {
        string?[] arguments = [poolField, .. key, Codec(), CallEmitter.Expiry(entry.Expiry), Options()];
        writer.Line($"return {MemberText.Parenthesized($"new {entry.ReturnType}", [.. arguments.OfType<string>()])};");
    }

    private string? Options() => entry.Options is null ? null : OptionsEmitter.FieldName(client, entry.Options);

    private string? Codec() => entry.Codec is null ? null : entry.Codec.Expression + (entry.SuppressesNullability ? "!" : "");
}
