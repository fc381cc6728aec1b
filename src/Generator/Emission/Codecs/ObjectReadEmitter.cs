using System.Globalization;
using System.Text;
using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

/// <summary>
/// Reads an object. Without constructor arguments it is made first and filled while reading; otherwise the values wait in locals
/// until the constructor can be called. Either way a member whose key is missing keeps the value that the constructor gave it.
/// </summary>
internal static class ObjectReadEmitter
{
    public static void Emit(SourceWriter writer, ObjectCodecModel codec)
    {
        var buffered = codec.Construction.Arguments.Count > 0;
        if (!buffered)
        {
            writer.Line($"{codec.TypeName} result = {Construct(codec)};");
        }

        writer.Line(MessagePackNames.Enter);
        if (buffered)
        {
            EmitLocals(writer, codec);
        }

        writer.Line($"int count = reader.{(codec.KeyedByName ? "ReadMapHeader" : "ReadArrayHeader")}();");
        EmitLoop(writer, codec, buffered);
        writer.Line(MessagePackNames.Leave);
        var later = codec.Members.Where(member => buffered && IsSetLater(member)).ToList();
        if (buffered && later.Count == 0 && codec.AfterRead is null)
        {
            writer.Line($"return {Construct(codec)};");
            return;
        }

        if (buffered)
        {
            EmitBuild(writer, codec, later);
        }

        if (codec.AfterRead is { } afterRead)
        {
            writer.Line(afterRead + ";");
        }

        writer.Line("return result;");
    }

    private static string Construct(ObjectCodecModel codec) => codec.Construction.Function is { } function
        ? $"{function}({string.Join(", ", codec.Construction.Arguments)})"
        : $"default({codec.TypeName})";

    private static void EmitLocals(SourceWriter writer, ObjectCodecModel codec)
    {
        foreach (var member in codec.Members.Where(member => member.Restore != MemberRestore.Nowhere))
        {
            writer.Line(member switch
            {
                { Form.CanBeNil: true } => $"{member.TypeName} {member.Local} = null!;",
                _ when member.TypeName.EndsWith("?", StringComparison.Ordinal) => $"{member.TypeName} {member.Local} = null;",
                _ => $"{member.TypeName} {member.Local} = default;",
            });
            if (member.Flag is not null)
            {
                writer.Line($"bool {member.Flag} = false;");
            }
        }
    }

    private static void EmitLoop(SourceWriter writer, ObjectCodecModel codec, bool buffered)
    {
        using (writer.Block("for (int index = 0; index < count; index++)"))
        {
            if (!codec.Members.Any(member => member.Restore != MemberRestore.Nowhere))
            {
                writer.Line(codec.KeyedByName ? "reader.Skip();\nreader.Skip();" : "reader.Skip();");
            }
            else if (codec.KeyedByName)
            {
                writer.Line($"global::System.ReadOnlySpan<byte> key = {MessagePackNames.Helpers}.ReadStringSpan(ref reader);");
                EmitSwitch(writer, codec, buffered, "key.Length");
            }
            else
            {
                EmitSwitch(writer, codec, buffered, "index");
            }
        }

        writer.Line();
    }

    private static void EmitSwitch(SourceWriter writer, ObjectCodecModel codec, bool buffered, string subject)
    {
        using (writer.Block($"switch ({subject})"))
        {
            foreach (var member in codec.Members.Where(member => member.Restore != MemberRestore.Nowhere))
            {
                var read = ValueFormText.Read(member.Form);
                writer.Line($"case {Label(codec, member)}:");
                writer.Line("    " + (buffered ? $"{member.Local} = {read};" : MemberAccess.Set(codec, member, read)));
                if (member.Flag is not null)
                {
                    writer.Line($"    {member.Flag} = true;");
                }

                writer.Line("    break;");
            }

            writer.Line("default:");
            writer.Line("    reader.Skip();");
            writer.Line("    break;");
        }
    }

    private static string Label(ObjectCodecModel codec, MemberModel member) => codec.KeyedByName
        ? $"{Encoding.UTF8.GetByteCount(member.Key)} when global::System.MemoryExtensions.SequenceEqual(key, {Utf8Literal.Of(member.Key)})"
        : member.Index.ToString(CultureInfo.InvariantCulture);

    private static void EmitBuild(SourceWriter writer, ObjectCodecModel codec, List<MemberModel> later)
    {
        writer.Line($"{codec.TypeName} result = {Construct(codec)};");
        foreach (var member in later)
        {
            using (writer.Block($"if ({member.Flag ?? $"count > {member.Index}"})"))
            {
                writer.Line(MemberAccess.Set(codec, member, member.Local));
            }

            writer.Line();
        }
    }

    private static bool IsSetLater(MemberModel member) => member.Restore is not (MemberRestore.Nowhere or MemberRestore.Constructor);
}
