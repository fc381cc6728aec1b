using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes one method that gives an entry, a counter or a set of entries.</summary>
internal sealed class EntryEmitter(SourceWriter writer, ClientModel client, EntryModel entry)
{
    public void Emit()
    {
        writer.Line($"/// <summary>{Summary()} <c>{CodeText.Xml(entry.Key.Text)}</c>.</summary>");
        using var body = writer.Block(MemberText.Signature(entry.ReturnType, entry.ExplicitInterface, entry.Name, entry.Parameters));
        MemberText.EmitChecks(writer, entry.NotNull);
        string?[] arguments = [client.PoolName, .. Key(), Codec(), CallEmitter.Expiry(entry.Expiry), Options(), TemplateEmitter.Argument(client, entry.Key)];
        writer.Line($"return {MemberText.Parenthesized($"new {entry.ReturnType}", [.. arguments.OfType<string>()])};");
    }

    private string Summary() => entry.Kind switch
    {
        EntryKind.CacheEntry => "The entry",
        EntryKind.CacheCounter => "The counter",
        _ => "The entries",
    };

    private string[] Key() => entry.Item is { } item ? [Lambda(item), KeyEmitter.Policy(client)] : [KeyEmitter.Bytes(client, entry.Key, client.PoolName)];

    // Only one without parameters of its own can be static, and is then made once.
    private string Lambda(ParameterModel item) =>
        (entry.Parameters.Count == 0 ? "static " : "")
        + KeyEmitter.Lambda(client, entry.Key, entry.WriterName, [$"{item.Type} {item.Name}"], entry.Key.Parameters.Select(static parameter => parameter.Name));

    private string? Options() => entry.Options is null ? null : OptionsEmitter.FieldName(client, entry.Options);

    private string? Codec() => entry.Codec is null ? null : entry.Codec.Expression + (entry.SuppressesNullability ? "!" : "");
}
