using System.Text.Json;

namespace TypedCache.Tool.Values;

/// <summary>A value for programs: member names as they are in C#, enums by name, bytes in hexadecimal digits.</summary>
internal static class ValueJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, ValueNode value)
    {
        switch (value)
        {
            case ValueNode.Scalar { Kind: ScalarKind.Number or ScalarKind.Word } scalar:
                json.WriteRawValue(scalar.Text);
                break;
            case ValueNode.Scalar scalar:
                json.WriteStringValue(scalar.Text);
                break;
            case ValueNode.Members members:
                json.WriteStartObject();
                foreach (var member in members.Items.Where(member => member.Value.Note != ShapeReader.NotStored))
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case ValueNode.List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
        }
    }
}
