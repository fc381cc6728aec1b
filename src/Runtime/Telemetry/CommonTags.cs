using System.Diagnostics;

namespace TypedCache.Telemetry;

/// <summary>The attributes that many measurements share.</summary>
internal static class CommonTags
{
    /// <summary>What all measurements have.</summary>
    public static readonly KeyValuePair<string, object?> System = new(TypedCacheTelemetry.Attributes.System, "memcached");

    /// <summary>The attributes of what belongs to a template.</summary>
    public static TagList Of(KeyTemplate? template)
    {
        var tags = new TagList { System };
        AddTemplate(ref tags, template);
        return tags;
    }

    /// <summary>Adds a template, if there is one.</summary>
    public static void AddTemplate(ref TagList tags, KeyTemplate? template)
    {
        if (template is null)
        {
            return;
        }

        if (template.Client.Length > 0)
        {
            tags.Add(TypedCacheTelemetry.Attributes.Client, template.Client);
        }

        tags.Add(TypedCacheTelemetry.Attributes.Key, template.Key);
    }

    /// <summary>What an exception is called.</summary>
    public static string ErrorType(Exception exception) => exception.GetType().FullName ?? exception.GetType().Name;
}
