using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace TypedCache.Tests.Architecture;

/// <summary>Which folders of the runtime may use which, and what breaks that.</summary>
internal static partial class Arrows
{
    private static readonly string[] Leaves = ["Errors", "Telemetry", "Keys", "Values", "Hashing"];

    private static readonly FrozenDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Errors"] = [],
        ["Telemetry"] = [],
        ["Annotations"] = ["Keys.KeyPolicy", "Values.CacheDialect"],
        ["Keys"] = ["Errors", "Hashing.Sha1Digest", "Hashing.TigerDigest"],
        ["Values"] = ["Errors", "Keys.ShownText", "Telemetry", "Hashing.Crc32HashFunction"],
        ["Hashing"] = ["Errors"],
        ["Protocol"] = ["Errors", "Telemetry", "Keys", "Values"],
        ["Transport"] = ["Errors", "Telemetry", "Keys", "Values", "Protocol"],
        ["Pool"] = [.. Leaves, "Protocol", "Transport"],
        ["Discovery"] = [.. Leaves, "Transport", "Pool"],
        ["Near"] = [.. Leaves, "Protocol", "Transport", "Pool"],
        ["Tags"] = [.. Leaves, "Protocol", "Transport", "Pool", "Near", "Creation"],
        ["Creation"] = [.. Leaves, "Protocol", "Transport", "Pool", "Near"],
        ["Embedded"] = ["Errors", "Keys", "Transport.ByteChannel", "Transport.ChannelConnector", "Transport.ConnectDeadline"],
        [SourceFile.Facade] = [.. Leaves, "Annotations", "Protocol", "Transport", "Pool", "Near", "Tags", "Creation", "Discovery", "Embedded"],
        ["Entries"] = [.. Leaves, "Protocol", "Transport", "Pool", "Near", "Creation", SourceFile.Facade],
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
    [
        "abstract", "and", "as", "async", "await", "base", "case", "class", "const", "default", "delegate", "else", "enum", "event", "explicit", "extern", "fixed", "goto", "implicit", "in", "init",
        "interface", "internal", "is", "lock", "namespace", "new", "not", "operator", "or", "out", "override", "params", "partial", "private", "protected", "public", "readonly", "record", "ref", "return",
        "scoped", "sealed", "static", "struct", "switch", "throw", "unsafe", "using", "virtual", "volatile", "when", "where", "with", "yield",
    ]);

    /// <summary>All arrows, from folder to folder.</summary>
    public static IEnumerable<(string From, string To)> All =>
        Allowed.SelectMany(static arrows => arrows.Value.Select(target => (arrows.Key, target.Split('.')[0])));

    /// <summary>What uses something that does not lie below it: the place, the type or the namespace, and the arrow.</summary>
    public static List<string> FindBackward(IReadOnlyList<SourceFile> files)
    {
        var folders = files.SelectMany(file => file.Types.Select(type => (type, file.Folder)))
            .ToLookup(declared => declared.type, declared => declared.Folder);
        return [.. files.SelectMany(file => Unknown(file).Concat(Usings(file)).Concat(Types(file, folders)))];
    }

    private static IEnumerable<string> Unknown(SourceFile file)
    {
        if (!Allowed.ContainsKey(file.Folder))
        {
            yield return $"{file.Path}: nobody has said what {file.Folder} may use.";
        }

        if (file.Namespace != "TypedCache" && file.Namespace != $"TypedCache.{file.Folder}" && !file.Namespace.StartsWith($"TypedCache.{file.Folder}.", StringComparison.Ordinal))
        {
            yield return $"{file.Path}: its namespace {file.Namespace} is not the one of {file.Folder}.";
        }
    }

    // Also names that are written out.
    private static IEnumerable<string> Usings(SourceFile file) =>
        from match in QualifiedName().Matches(file.Code)
        let folder = match.Groups["folder"].Value
        where folder != file.Folder && Allowed.ContainsKey(folder) && !match.Value.StartsWith("namespace", StringComparison.Ordinal)
        where !Targets(file.Folder).Any(target => target == folder || target.StartsWith(folder + ".", StringComparison.Ordinal))
        select Describe(file, match.Index, $"TypedCache.{folder}", folder);

    private static IEnumerable<string> Types(SourceFile file, ILookup<string, string> folders) =>
        from match in Identifier().Matches(EnumBody().Replace(file.Code, static body => new string(' ', body.Length)))
        let declaredIn = folders[match.Value]
        where declaredIn.Any() && !declaredIn.Any(folder => folder == file.Folder || MayUse(file.Folder, folder, match.Value))
        where IsType(file.Code, match)
        select Describe(file, match.Index, match.Value, declaredIn.First());

    private static string[] Targets(string folder) => Allowed.TryGetValue(folder, out var targets) ? targets : [];

    private static bool MayUse(string from, string to, string type) => Targets(from).Any(target => target == to || target == $"{to}.{type}");

    private static string Describe(SourceFile file, int position, string what, string folder) =>
        $"src/Runtime/{file.Path}:{file.LineOf(position)}: {what}, against the arrow {file.Folder} -> {folder}. {file.Folder} may use: {string.Join(", ", Targets(file.Folder))}.";

    // A member may be called as a type is: what follows a dot or a type, or gets a value, is a name.
    private static bool IsType(string code, Match identifier)
    {
        var before = code.AsSpan(0, identifier.Index).TrimEnd();
        var after = code.AsSpan(identifier.Index + identifier.Length).TrimStart();
        if (after is ['=', not '=' and not '>', ..])
        {
            return false;
        }

        if (before.EndsWith("."))
        {
            return Allowed.ContainsKey(LastWord(before[..^1]));
        }

        var word = LastWord(before);
        var followsType = word.Length > 0 ? !Keywords.Contains(word) : before.EndsWith(">") && !before.EndsWith("=>") || before.EndsWith("?") || before.EndsWith("[]");
        return !followsType || after.StartsWith("(") && word == "nameof";
    }

    private static string LastWord(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '_'))
        {
            start--;
        }

        return text[start..].ToString();
    }

    [GeneratedRegex(@"(?:namespace\s+)?\bTypedCache\.(?<folder>\w+)")]
    private static partial Regex QualifiedName();

    // The members of an enum are names.
    [GeneratedRegex(@"(?<=\benum\s+\w+[^{]*)\{[^}]*\}")]
    private static partial Regex EnumBody();

    [GeneratedRegex(@"\b[A-Za-z_]\w*")]
    private static partial Regex Identifier();
}
