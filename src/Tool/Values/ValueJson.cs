using System.Globalization;
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
            case ValueNode.Scalar { Kind: ScalarKind.Number } scalar:
                WriteNumber(json, scalar.Text);
                break;
            case ValueNode.Scalar { Kind: ScalarKind.Word } scalar:
                WriteWord(json, scalar.Text);
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

    // With the digits that it has; a raw value would not be put on a line of its own.
    private static void WriteNumber(Utf8JsonWriter json, string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteRawValue(text);
        }
    }

    private static void WriteWord(Utf8JsonWriter json, string text)
    {
        if (text == Scalars.Null.Text)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteBooleanValue(text == "true");
        }
    }
}
