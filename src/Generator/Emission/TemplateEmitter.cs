using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the static fields that name keys in telemetry.</summary>
internal static class TemplateEmitter
{
    /// <summary>Writes a field.</summary>
    public static void Emit(SourceWriter writer, TemplateField field)
    {
        var hidden = field.IsSensitive ? " { HidesKeys = true }" : "";
        writer.Line($"private static readonly {RuntimeNames.Code.KeyTemplate} {field.Name} = new({CodeText.String(field.Client)}, {CodeText.String(field.Key.Label)}){hidden};");
    }

    /// <summary>The field as the last argument of a call.</summary>
    public static string Argument(ClientModel client, KeyModel key) => $"template: {Find(client, key)!.Name}";

    /// <summary>What tells a key writer that the key is not to be shown; empty where it may be.</summary>
    public static string Cover(ClientModel client, KeyModel key) => ShownAs(client, key) is { } text ? $" {{ ShownAs = {text} }}" : "";

    /// <summary>What is shown instead of the key, as an expression; null where it may be shown.</summary>
    public static string? ShownAs(ClientModel client, KeyModel key) => Find(client, key) is { IsSensitive: true } field ? $"{field.Name}.Text" : null;

    // A tag that nothing invalidates has none, unless it is a secret.
    private static TemplateField? Find(ClientModel client, KeyModel key) => client.Templates.FirstOrDefault(field => field.Key.IsCalledLike(key));
}
