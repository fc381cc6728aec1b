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
    public static string Argument(ClientModel client, KeyModel key) => $"template: {Find(client, key).Name}";

    /// <summary>What tells a key writer that the key is not to be shown; empty where it may be.</summary>
    public static string Cover(ClientModel client, KeyModel key) => Find(client, key) is { IsSensitive: true } field ? $" {{ ShownAs = {field.Name}.Text }}" : "";

    private static TemplateField Find(ClientModel client, KeyModel key) => client.Templates.First(field => field.Key.IsCalledLike(key));
}
