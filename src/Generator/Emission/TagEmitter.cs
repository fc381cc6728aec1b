using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the tags of values: the lists that calls take, and the static fields that calls share.</summary>
internal static class TagEmitter
{
    /// <summary>Writes the list of a method's tags.</summary>
    public static void EmitList(SourceWriter writer, ClientModel client, TaggedModel tagged)
    {
        if (tagged.Tags.Count == 0)
        {
            return;
        }

        var size = $"{RuntimeNames.Code.TagKeys}.SizePerTag";
        var bytes = tagged.Tags.Count == 1 ? size : FormattableString.Invariant($"{tagged.Tags.Count} * {size}");
        writer.Line($"{RuntimeNames.Code.TagKeys} {tagged.TagsName} = new(stackalloc byte[{bytes}], {client.PoolName}.MaxKeyLength);");
        foreach (var tag in tagged.Tags)
        {
            writer.Line($"{Statement(client, tag, tagged.TagsName, tag.Parameters.Select(static parameter => parameter.Name))};");
        }
    }

    /// <summary>The list as an argument of a call.</summary>
    public static string Argument(TaggedModel tagged) => tagged.Tags.Count == 0 ? "default" : $"in {tagged.TagsName}";

    /// <summary>A lambda that gives the tags of one item of a batch.</summary>
    /// <param name="client">The client.</param>
    /// <param name="tagged">The tags.</param>
    /// <param name="parameters">The lambda's other parameters, as code.</param>
    /// <param name="argument">What stands for a parameter of a tag in the lambda.</param>
    public static string Lambda(ClientModel client, TaggedModel tagged, IEnumerable<string> parameters, Func<ParameterModel, string> argument)
    {
        var head = $"static ({string.Join(", ", parameters.Prepend($"ref {RuntimeNames.Code.TagKeys} {tagged.TagsName}"))})";
        var statements = tagged.Tags.Select(tag => Statement(client, tag, tagged.TagsName, tag.Parameters.Select(argument))).ToArray();
        return statements switch
        {
            [] => head + " => { }",
            [var only] => MemberText.Lambda(head, only),
            _ => MemberText.Lambda(head, statements.Select(static statement => statement + ";")),
        };
    }

    /// <summary>The field that says how a method's reads look at tags.</summary>
    public static string OptionsField(ClientModel client, TaggedModel tagged) =>
        tagged.ServesInvalidated ? client.TagOptions!.StaleName : client.TagOptions!.Name;

    /// <summary>Writes the fields.</summary>
    public static void EmitFields(SourceWriter writer, ClientModel client)
    {
        foreach (var field in client.TaggedCodecs)
        {
            var type = $"{RuntimeNames.Code.TaggedCodec}<{field.Codec.ValueType}>";
            writer.Line($"private static readonly {type} {field.Name} =");
            writer.Line($"    {MemberText.Parenthesized("new", [field.Codec.Expression, .. field.Values is { } values ? new[] { ValueTags(field.Codec.ValueType, values) } : []])};");
            writer.Line();
        }

        var reads = client.Methods.Where(static method => method.Operation is CacheOperation.Get or CacheOperation.GetOrCreate).Select(static method => method.Tagged).OfType<TaggedModel>().ToArray();
        foreach (var isStale in reads.Select(static tagged => tagged.ServesInvalidated).Distinct().OrderBy(static isStale => isStale))
        {
            EmitOptions(writer, client.TagOptions!, isStale);
            writer.Line();
        }
    }

    /// <summary>Writes the methods that give the tags of values.</summary>
    public static void EmitValueTags(SourceWriter writer, ClientModel client)
    {
        foreach (var group in client.TaggedCodecs.Where(static field => field.Values is not null).GroupBy(static field => field.Values!))
        {
            writer.Line();
            EmitValueTags(writer, client, group.First().Codec.ValueType, group.Key);
        }
    }

    private static void EmitValueTags(SourceWriter writer, ClientModel client, string type, ValueTagsModel values)
    {
        writer.Line("/// <summary>Adds the tags that a value has by what is in it.</summary>");
        using var body = writer.Block($"private static void {values.MethodName}(ref {RuntimeNames.Code.TagKeys} tags, {type} value)");
        foreach (var tag in values.Tags)
        {
            writer.Line($"{Statement(client, tag, "tags", ["value"])};");
        }
    }

    private static string ValueTags(string type, ValueTagsModel values) => MemberText.Parenthesized(
        $"new {RuntimeNames.Code.ValueTags}<{type}>", [values.MethodName, .. values.Tags.Select(static tag => CodeText.String(tag.Group)).Distinct()]);

    private static void EmitOptions(SourceWriter writer, TagOptionsModel options, bool isStale)
    {
        var header = $"private static readonly {RuntimeNames.Code.TagOptions} {(isStale ? options.StaleName : options.Name)} = new()";
        if (options.Near is null && !isStale)
        {
            writer.Line($"{header};");
            return;
        }

        using var body = writer.Block(header, ";");
        if (options.Near is { } near)
        {
            writer.Line($"Near = {(near == 0 ? "null" : $"new() {{ Duration = {NearEmitter.Time(near)}, SharesValues = true }}")},");
        }

        if (isStale)
        {
            writer.Line("ServesInvalidated = true,");
        }
    }

    private static string Statement(ClientModel client, KeyModel tag, string tagsName, IEnumerable<string> arguments) => tag.IsConstant
        ? $"{tagsName}.Add({KeyEmitter.Bytes(client, tag, client.PoolName)})"
        : $"{KeyEmitter.AddName(client, tag)}({string.Join(", ", arguments.Prepend($"ref {tagsName}"))})";
}
