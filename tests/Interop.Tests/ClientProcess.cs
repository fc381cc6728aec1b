using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Interop.Tests;

/// <summary>
/// A process with another client of memcached, connected to the servers of a test. It reads a JSON command a line and answers each by
/// a JSON line.
/// </summary>
public class ClientProcess : IDisposable
{
    // Base64 has '+', which is escaped otherwise: a program without a JSON library could not read it.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly string _name;
    private readonly Process _process;

    /// <summary>Starts the process; the calling test is skipped, or fails, where it says what it misses.</summary>
    /// <param name="name">Names the client in messages.</param>
    /// <param name="start">The program and what comes before the three arguments which all have.</param>
    /// <param name="library">Which client library the program uses.</param>
    /// <param name="servers">The servers, in the order in which the library gets them.</param>
    /// <param name="options">The library's options, as JSON.</param>
    /// <param name="remedy">How to install what may be missing.</param>
    protected ClientProcess(string name, ProcessStartInfo start, string library, IEnumerable<MemcachedServerOptions> servers, string options, string remedy)
    {
        var list = servers.Select(server => new object[] { server.Host, server.Port, server.Weight });
        foreach (var argument in new[] { library, JsonSerializer.Serialize(list), options })
        {
            start.ArgumentList.Add(argument);
        }

        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _name = name;
        _process = Process.Start(start)!;
        if (ReadLine().TryGetProperty("missing", out var missing))
        {
            Dispose();
            RequiredTool.Missing($"{missing} is missing; {remedy}");
        }
    }

    /// <summary>Stores a value of a kind under each key; which value depends on the position of the key.</summary>
    public bool[] Set(string kind, IEnumerable<string> keys) => Ask(new { op = "set", kind, keys = Encode(keys) }, answer => answer.GetBoolean());

    /// <summary>Reads each key: values as what they are, arrays as JSON; null for what is missing.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="kind">The kind of value that the application expects, which matters where the client itself gives nothing but bytes.</param>
    public object?[] Get(IEnumerable<string> keys, string? kind = null) => Ask(new { op = "get", kind, keys = Encode(keys) }, ReadShown);

    public bool[] Delete(IEnumerable<string> keys) => Ask(new { op = "delete", keys = Encode(keys) }, answer => answer.GetBoolean());

    /// <summary>Adds 7 to each counter; null where the client has no answer.</summary>
    public long?[] Increment(IEnumerable<string> keys) => Ask(new { op = "increment", keys = Encode(keys) }, ReadNumber);

    /// <summary>Takes 3 from each counter; null where the client has no answer.</summary>
    public long?[] Decrement(IEnumerable<string> keys) => Ask(new { op = "decrement", keys = Encode(keys) }, ReadNumber);

    /// <summary>Which server the client uses for each key, as host:port.</summary>
    public string[] Locate(IEnumerable<string> keys) => Ask(new { op = "locate", keys = Encode(keys) }, answer => answer.GetString()!);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What an answer to "get" shows: the type and a text.</summary>
    protected static object? ReadShown(JsonElement answer)
    {
        var text = answer[1].GetString()!;
        return answer[0].GetString() switch
        {
            "string" => Encoding.UTF8.GetString(Convert.FromBase64String(text)),
            "bytes" => Convert.FromBase64String(text),
            "double" => BitConverter.Int64BitsToDouble(long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            "integer" => long.Parse(text, CultureInfo.InvariantCulture),
            "boolean" => text == "true",
            "date" => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture)).UtcDateTime,
            "array" => text,
            _ => null,
        };
    }

    protected static string[] Encode(IEnumerable<string> keys) => [.. keys.Select(key => Convert.ToBase64String(Encoding.UTF8.GetBytes(key)))];

    protected T[] Ask<T>(object command, Func<JsonElement, T> read)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(command, Plain));
        _process.StandardInput.Flush();
        return [.. ReadLine().EnumerateArray().Select(read)];
    }

    private static long? ReadNumber(JsonElement answer) => answer.ValueKind == JsonValueKind.Number ? answer.GetInt64() : null;

    // A client can wait forever for the rest of a reply that it does not understand.
    private JsonElement ReadLine()
    {
        var reading = _process.StandardOutput.ReadLineAsync();
        if (!reading.Wait(AnswerLimit))
        {
            _process.Kill();
            throw new TimeoutException($"{_name} has not answered for {AnswerLimit.TotalSeconds} s.");
        }

        return JsonElement.Parse(reading.Result ?? throw new InvalidOperationException($"{_name} ended with code {(_process.WaitForExit(1000) ? _process.ExitCode : -1)}."));
    }
}
