using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Interop.Tests.Php;

/// <summary>A PHP process with one of the two memcached extensions, connected to the servers of a test.</summary>
public sealed class PhpClient : IDisposable
{
    private const string Packages = "php-cli php-memcache php-memcached";
    private readonly Process _process;

    private PhpClient(Process process) => _process = process;

    /// <summary>Starts PHP; the calling test is skipped, or fails, where PHP or the extension is missing.</summary>
    public static PhpClient Start(PhpSetup setup, IEnumerable<MemcachedServerOptions> servers)
    {
        var start = new ProcessStartInfo(RequiredTool.Find("php", Packages)) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var list = servers.Select(server => new object[] { server.Host, server.Port, server.Weight });
        string[] arguments =
        [
            "-d", "display_errors=0", Path.Combine(AppContext.BaseDirectory, "Php", "client.php"),
            setup.Extension, JsonSerializer.Serialize(list), setup.Options,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var client = new PhpClient(Process.Start(start)!);
        if (client.ReadLine().TryGetProperty("missing", out var extension))
        {
            client.Dispose();
            RequiredTool.Missing($"PHP has no extension '{extension}'; install it with: apt-get install {Packages}");
        }

        return client;
    }

    /// <summary>Stores a value of a kind under each key; which value depends on the position of the key.</summary>
    public bool[] Set(string kind, IEnumerable<string> keys) => Ask<bool>(new { op = "set", kind, keys = Encode(keys) }, answer => answer.GetBoolean());

    /// <summary>Reads each key: strings, numbers and bools as what they are, arrays as JSON; null for PHP's false and null.</summary>
    public object?[] Get(IEnumerable<string> keys) => Ask(new { op = "get", keys = Encode(keys) }, ReadShown);

    /// <summary>Reads each key and decodes it by <c>msgpack_unpack()</c>, as <see cref="Get"/>.</summary>
    public object?[] GetUnpacked(IEnumerable<string> keys) => Ask(new { op = "unpack", keys = Encode(keys) }, ReadShown);

    public bool[] Delete(IEnumerable<string> keys) => Ask(new { op = "delete", keys = Encode(keys) }, answer => answer.GetBoolean());

    /// <summary>Adds 7 to each counter; null where PHP says false.</summary>
    public long?[] Increment(IEnumerable<string> keys) => Ask(new { op = "increment", keys = Encode(keys) }, ReadNumber);

    /// <summary>Takes 3 from each counter; null where PHP says false.</summary>
    public long?[] Decrement(IEnumerable<string> keys) => Ask(new { op = "decrement", keys = Encode(keys) }, ReadNumber);

    /// <summary>Which server PHP uses for each key, as host:port.</summary>
    public string[] Locate(IEnumerable<string> keys) => Ask(new { op = "locate", keys = Encode(keys) }, answer => answer.GetString()!);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static long? ReadNumber(JsonElement answer) => answer.ValueKind == JsonValueKind.Number ? answer.GetInt64() : null;

    private static object? ReadShown(JsonElement answer)
    {
        var text = answer[1].GetString()!;
        return answer[0].GetString() switch
        {
            "string" => Encoding.UTF8.GetString(Convert.FromBase64String(text)),
            "double" => BitConverter.Int64BitsToDouble(long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            "integer" => long.Parse(text, CultureInfo.InvariantCulture),
            "boolean" => text == "true",
            "array" => text,
            _ => null,
        };
    }

    private static string[] Encode(IEnumerable<string> keys) => [.. keys.Select(key => Convert.ToBase64String(Encoding.UTF8.GetBytes(key)))];

    private T[] Ask<T>(object command, Func<JsonElement, T> read)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(command));
        _process.StandardInput.Flush();
        return [.. ReadLine().EnumerateArray().Select(read)];
    }

    private JsonElement ReadLine()
    {
        var line = _process.StandardOutput.ReadLine();
        return JsonElement.Parse(line ?? throw new InvalidOperationException($"PHP ended with code {(_process.WaitForExit(1000) ? _process.ExitCode : -1)}."));
    }
}
