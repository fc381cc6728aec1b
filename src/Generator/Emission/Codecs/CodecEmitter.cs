using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

/// <summary>Writes the class of a codec. Codecs call each other's static methods; only one used by itself has an instance.</summary>
internal static class CodecEmitter
{
    /// <summary>Writes one file-local class, at the top level of a file or in a namespace.</summary>
    public static void Emit(SourceWriter writer, CodecModel codec)
    {
        writer.Line($"/// <summary>{Summary(codec)}</summary>");
        writer.Line(RuntimeNames.Code.Obsolete);
        var header = codec.IsRoot
            ? $"file sealed class {codec.Name} : {MessagePackNames.CodecBase}<{codec.TypeName}>"
            : $"file static class {codec.Name}";
        using (writer.Block(header))
        {
            if (codec.IsRoot)
            {
                writer.Line($"public static readonly {codec.Name} Instance = new();");
                writer.Line();
            }

            if (codec is NestedCodecModel field)
            {
                NestedCodecEmitter.EmitField(writer, field);
            }

            using (writer.Block($"public static void Write({MessagePackNames.Writer}, {ValueType(codec)} value)"))
            {
                EmitWrite(writer, codec);
            }

            writer.Line();
            using (writer.Block($"public static {ValueType(codec)} Read({MessagePackNames.Reader})"))
            {
                EmitRead(writer, codec);
            }

            if (codec.IsRoot)
            {
                EmitOverrides(writer, codec);
            }

            if (codec is ObjectCodecModel @object)
            {
                AccessorEmitter.Emit(writer, @object);
            }
        }
    }

    private static string ValueType(CodecModel codec) => codec.IsReferenceType ? codec.TypeName + "?" : codec.TypeName;

    private static void EmitWrite(SourceWriter writer, CodecModel codec)
    {
        if (codec.IsReferenceType && codec is not LeafCodecModel)
        {
            EmitNilWhen(writer, "value is null");
        }

        if (!codec.IsRecursive)
        {
            EmitBody(writer, codec);
        }
        else if (codec is NullableCodecModel or ValueObjectCodecModel)
        {
            writer.Line($"{MessagePackNames.Limits}.EnsureStack();");
            EmitBody(writer, codec);
        }
        else
        {
            writer.Line(MessagePackNames.EnterValue);
            using (writer.Block("try"))
            {
                EmitBody(writer, codec);
            }

            using (writer.Block("finally"))
            {
                writer.Line(MessagePackNames.LeaveValue);
            }
        }
    }

    private static void EmitBody(SourceWriter writer, CodecModel codec)
    {
        switch (codec)
        {
            case LeafCodecModel leaf:
                writer.Line(ValueFormText.Write(leaf.Form, "value"));
                break;
            case NullableCodecModel nullable:
                NullableCodecEmitter.EmitWrite(writer, nullable);
                break;
            case LazyCodecModel lazy:
                LazyCodecEmitter.EmitWrite(writer, lazy);
                break;
            case ValueObjectCodecModel valueObject:
                ValueObjectCodecEmitter.EmitWrite(writer, valueObject);
                break;
            case NestedCodecModel:
                NestedCodecEmitter.EmitWrite(writer);
                break;
            case TupleCodecModel tuple:
                TupleCodecEmitter.EmitWrite(writer, tuple);
                break;
            case UnionCodecModel union:
                UnionCodecEmitter.EmitWrite(writer, union);
                break;
            case SequenceCodecModel sequence:
                SequenceCodecEmitter.EmitWrite(writer, sequence);
                break;
            case DictionaryCodecModel dictionary:
                DictionaryCodecEmitter.EmitWrite(writer, dictionary);
                break;
            case GridCodecModel grid:
                GridCodecEmitter.EmitWrite(writer, grid);
                break;
            case ObjectCodecModel @object:
                ObjectWriteEmitter.Emit(writer, @object);
                break;
        }
    }

    private static void EmitRead(SourceWriter writer, CodecModel codec)
    {
        if (codec.IsReferenceType && codec is not LeafCodecModel)
        {
            EmitReturnOnNil(writer, "null");
        }

        switch (codec)
        {
            case LeafCodecModel leaf:
                writer.Line($"return {ValueFormText.Read(leaf.Form)};");
                break;
            case NullableCodecModel nullable:
                NullableCodecEmitter.EmitRead(writer, nullable);
                break;
            case LazyCodecModel lazy:
                LazyCodecEmitter.EmitRead(writer, lazy);
                break;
            case ValueObjectCodecModel valueObject:
                ValueObjectCodecEmitter.EmitRead(writer, valueObject);
                break;
            case NestedCodecModel:
                NestedCodecEmitter.EmitRead(writer);
                break;
            case TupleCodecModel tuple:
                TupleCodecEmitter.EmitRead(writer, tuple);
                break;
            case UnionCodecModel union:
                UnionCodecEmitter.EmitRead(writer, union);
                break;
            case SequenceCodecModel sequence:
                SequenceCodecEmitter.EmitRead(writer, sequence);
                break;
            case DictionaryCodecModel dictionary:
                DictionaryCodecEmitter.EmitRead(writer, dictionary);
                break;
            case GridCodecModel grid:
                GridCodecEmitter.EmitRead(writer, grid);
                break;
            case ObjectCodecModel @object:
                ObjectReadEmitter.Emit(writer, @object);
                break;
        }
    }

    /// <summary>Writes nil and returns when the condition holds.</summary>
    internal static void EmitNilWhen(SourceWriter writer, string condition)
    {
        using (writer.Block($"if ({condition})"))
        {
            writer.Line("writer.WriteNil();");
            writer.Line("return;");
        }

        writer.Line();
    }

    /// <summary>Returns the value for nil when nil comes next.</summary>
    internal static void EmitReturnOnNil(SourceWriter writer, string value)
    {
        using (writer.Block("if (reader.TryReadNil())"))
        {
            writer.Line($"return {value};");
        }

        writer.Line();
    }

    private static void EmitOverrides(SourceWriter writer, CodecModel codec)
    {
        var assertion = codec.IsReferenceType ? "!" : "";
        writer.Line();
        writer.Line($"protected override void Serialize({MessagePackNames.Writer}, {codec.TypeName} value) => Write(ref writer, value);");
        writer.Line();
        writer.Line($"protected override {codec.TypeName} Deserialize({MessagePackNames.Reader}) => Read(ref reader){assertion};");
    }

    private static string Summary(CodecModel codec)
    {
        var type = codec.TypeName.Replace("global::", "").Replace("<", "&lt;").Replace(">", "&gt;");
        return type + codec switch
        {
            LeafCodecModel => " as a MessagePack value.",
            ValueObjectCodecModel => " as the MessagePack value inside it.",
            NestedCodecModel => " by a codec of the project.",
            NullableCodecModel or LazyCodecModel => " as a MessagePack value or nil.",
            TupleCodecModel => " as a MessagePack array of its items.",
            UnionCodecModel => " as a MessagePack array of the key of the type and the value.",
            DictionaryCodecModel => " as a MessagePack map.",
            GridCodecModel => " as a MessagePack array of the lengths and the elements.",
            ObjectCodecModel { KeyedByName: true } => " as a MessagePack map by name.",
            ObjectCodecModel => " as a MessagePack array by key.",
            _ => " as a MessagePack array.",
        };
    }
}
