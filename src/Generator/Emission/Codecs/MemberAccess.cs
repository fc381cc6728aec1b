using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

/// <summary>The C# by which a codec reads and sets the members of an object.</summary>
internal static class MemberAccess
{
    /// <summary>The expression of a member of <c>value</c>.</summary>
    public static string Get(ObjectCodecModel codec, MemberModel member) =>
        member.Getter is { } getter ? $"{getter}({Target(codec, "value")})" : Direct(member, "value");

    /// <summary>The statement that sets a member of <c>result</c>.</summary>
    public static string Set(ObjectCodecModel codec, MemberModel member, string value) => member.Restore switch
    {
        MemberRestore.Accessor => $"{member.Setter}({Target(codec, "result")}, {value});",
        MemberRestore.Reference => $"{member.Setter}({Target(codec, "result")}) = {value};",
        _ => $"{Direct(member, "result")} = {value};",
    };

    private static string Direct(MemberModel member, string target) =>
        member.Owner is { } owner ? $"(({owner}){target}).{member.Name}" : $"{target}.{member.Name}";

    private static string Target(ObjectCodecModel codec, string target) => codec.IsReferenceType ? target : "ref " + target;
}
