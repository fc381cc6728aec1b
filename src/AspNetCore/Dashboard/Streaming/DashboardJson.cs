using System.Text.Json.Serialization;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The JSON of the page, written without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Sample))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(ActionReply))]
internal sealed partial class DashboardJson : JsonSerializerContext;
