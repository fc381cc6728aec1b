using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TypedCache.Hosting.Tests.Schema;

/// <summary>The JSON schema of the section <c>TypedCache</c>, made of the settings and their documentation.</summary>
internal static partial class SettingsSchema
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(TypedCacheSettings).Assembly.Location, ".xml"));

    /// <summary>The whole file. Sections of pools stand in the common one, under any other name.</summary>
    public static string Write()
    {
        var common = ObjectOf(typeof(TypedCacheSettings));
        common["description"] = "Settings of all memcached pools. The section of a pool, under its name, and ConnectionStrings:{name} override them.";
        var pool = ObjectOf(typeof(TypedCacheSettings));
        pool["description"] = "Settings of the pool with this name.";
        pool["additionalProperties"] = false;
        common["additionalProperties"] = pool;
        var schema = new JsonObject
        {
            ["definitions"] = new JsonObject
            {
                ["logLevel"] = new JsonObject { ["properties"] = new JsonObject { ["TypedCache"] = new JsonObject { ["$ref"] = "#/definitions/logLevelThreshold" } } },
            },
            ["type"] = "object",
            ["properties"] = new JsonObject { [TypedCacheSettings.SectionName] = common },
        };
        return schema.ToJsonString(Written).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject ObjectOf(Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        var properties = new JsonObject();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            properties[property.Name] = SchemaOf(property, defaults);
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    private static JsonObject SchemaOf(PropertyInfo property, object defaults)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var isGroup = type == typeof(TypedCacheTlsSettings) || type == typeof(TypedCacheSickServerSettings) || type == typeof(TypedCacheServerChangeSettings);
        var schema = isGroup ? ObjectOf(type) : Simple(type);
        if (isGroup)
        {
            schema["additionalProperties"] = false;
        }
        else if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            schema["minimum"] = JsonValue.Create(Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture));
            schema["maximum"] = JsonValue.Create(Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture));
        }

        schema["description"] = DescriptionOf(property);
        if (DefaultOf(property.GetValue(defaults)) is { } value)
        {
            schema["default"] = value;
        }

        return schema;
    }

    private static JsonObject Simple(Type type) => type switch
    {
        _ when type.IsEnum => new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(static name => (JsonNode)name)]) },
        _ when type == typeof(string) => new JsonObject { ["type"] = "string" },
        _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
        _ when type == typeof(int) || type == typeof(long) => new JsonObject { ["type"] = "integer" },
        _ when type == typeof(double) => new JsonObject { ["type"] = "number" },
        _ when type == typeof(TimeSpan) => new JsonObject { ["type"] = "string", ["pattern"] = @"^-?(\d+|((\d+\.)?\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?))$" },
        _ when type == typeof(IList<string>) => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        _ => throw new NotSupportedException($"{type} has no form in the schema."),
    };

    private static JsonNode? DefaultOf(object? value) => value switch
    {
        bool flag => flag,
        int number => number,
        double number => number,
        long number => number,
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        Enum named => named.ToString(),
        string { Length: > 0 } text => text,
        _ => null,
    };

    private static string DescriptionOf(PropertyInfo property)
    {
        var name = $"P:{property.DeclaringType!.FullName}.{property.Name}";
        var summary = Documentation.Descendants("member").Single(member => member.Attribute("name")!.Value == name).Element("summary")!;
        var text = string.Concat(summary.Nodes().Select(static node => node switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")!.Value.Split('(')[0].Split('.')[^1],
            XElement element => element.Value,
            _ => "",
        }));
        return Blanks().Replace(text.Trim(), " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
