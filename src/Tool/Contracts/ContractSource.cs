using TypedCache.Generator.Contracts;

namespace TypedCache.Tool.Contracts;

/// <summary>Reads contracts from files.</summary>
internal static class ContractSource
{
    private static readonly string[] Assemblies = [".dll", ".exe"];

    /// <summary>Reads a contract.</summary>
    /// <param name="path">The contract file, the folder that it is in, or a built assembly.</param>
    /// <exception cref="ArgumentException">There is none, or it is malformed. The message says where.</exception>
    public static ContractFile Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, ContractFile.FileName) : path;
        if (!File.Exists(file))
        {
            throw new ArgumentException($"There is no file {file}.");
        }

        var isAssembly = Assemblies.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);
        var text = isAssembly ? AssemblyContract.Read(file) : File.ReadAllText(file);
        return ContractFile.Parse(text, out var mistake) ?? throw Malformed(file, isAssembly, text, mistake!);
    }

    private static ArgumentException Malformed(string file, bool isAssembly, string text, ContractMistake mistake)
    {
        var before = text.AsSpan(0, Math.Clamp(mistake.Position, 0, text.Length));
        var (line, column) = (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
        return new ArgumentException(isAssembly
            ? $"{file} has a contract that cannot be read: {mistake.Reason}."
            : $"{file}({line},{column}): {mistake.Reason}.");
    }
}
