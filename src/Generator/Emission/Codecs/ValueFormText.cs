using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

/// <summary>The C# by which a value inside another value is written and read.</summary>
internal static class ValueFormText
{
    /// <summary>The statement that writes a value.</summary>
    /// <param name="value">The C# expression of the value.</param>
    public static string Write(ValueForm form, string value) => form switch
    {
        ValueForm.Enum @enum => $"writer.{@enum.Writer}(({@enum.Underlying}){value});",
        ValueForm.Formatter formatter => $"{MessagePackNames.Formatters}{formatter.Name}.Instance.Serialize(ref writer, {value}, null!);",
        ValueForm.Codec codec => $"{codec.Name}.Write(ref writer, {value});",
        ValueForm.Primitive primitive => $"writer.{primitive.Writer}({value});",
        _ => $"writer.Write({value});",
    };

    /// <summary>The expression that reads a value.</summary>
    public static string Read(ValueForm form) => form switch
    {
        ValueForm.Enum @enum => $"({@enum.TypeName})reader.Read{@enum.Reader}()",
        ValueForm.Formatter formatter => $"{MessagePackNames.Formatters}{formatter.Name}.Instance.Deserialize(ref reader, null!)",
        ValueForm.Codec codec => $"{codec.Name}.Read(ref reader)",
        ValueForm.Bytes => $"{MessagePackNames.Helpers}.GetArrayFromNullableSequence(reader.ReadBytes())",
        ValueForm.Primitive primitive => $"reader.Read{primitive.Reader}()",
        _ => throw new InvalidOperationException($"A value form is not known: {form}."),
    } + (form.CanBeNil ? "!" : "");
}
