using System.Diagnostics;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Interop.Tests.Others;

/// <summary>A small program in another language, which uses the clients of that language.</summary>
public sealed class OtherProgram
{
    private const string GoPackages = "golang-go golang-github-bradfitz-gomemcache-dev";
    private const string JavaPackages = "default-jdk-headless libspymemcached-java";
    private const string SpymemcachedJar = "/usr/share/java/spymemcached.jar";
    private const string DebianPython = "/usr/bin/python3";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Others");
    private static readonly Lazy<string> CompiledGo = new(CompileGo);
    private static readonly Lazy<string> CompiledJava = new(CompileJava);

    private readonly Func<ProcessStartInfo> _createStart;

    private OtherProgram(string installation, Func<ProcessStartInfo> createStart)
    {
        Remedy = $"install it with: {installation}";
        _createStart = createStart;
    }

    // Debian's modules are in Debian's Python. Another one may come first on the PATH.
    public static OtherProgram Python { get; } = new("apt-get install python3-pymemcache python3-memcache", () =>
        new(File.Exists(DebianPython) ? DebianPython : RequiredTool.Find("python3", "python3"), [SourceOf("client.py")]));

    public static OtherProgram Ruby { get; } = new("apt-get install ruby ruby-dalli", () =>
        new(RequiredTool.Find("ruby", "ruby ruby-dalli"), [SourceOf("client.rb")]));

    // Node looks for packages in the folders above the program too.
    public static OtherProgram Node { get; } = new("npm install --prefix tests/Interop.Tests/bin memjs@1.3.2 memcached@2.2.2 hashring@3.2.0", () =>
        new(RequiredTool.Find("node", "nodejs npm"), [SourceOf("client.js")]));

    public static OtherProgram Go { get; } = new($"apt-get install {GoPackages}", () => new(CompiledGo.Value));

    // A JVM which lives for a second does not gain from its second compiler.
    public static OtherProgram Java { get; } = new($"apt-get install {JavaPackages}", () =>
        new(RequiredTool.Find("java", JavaPackages), ["-XX:TieredStopAtLevel=1", "-cp", $"{SpymemcachedJar}:{CompiledJava.Value}", "Client"]));

    /// <summary>How to install the language and its libraries.</summary>
    public string Remedy { get; }

    /// <summary>The program, without its arguments.</summary>
    public ProcessStartInfo CreateStart() => _createStart();

    private static string SourceOf(string name) => Path.Combine(Folder, name);

    private static string CompileGo()
    {
        var program = Path.Combine(Folder, "client-go");
        var start = new ProcessStartInfo(RequiredTool.Find("go", GoPackages), ["build", "-o", program, SourceOf("client.go")])
        {
            // Debian's libraries are sources in this folder, and no modules. Nothing is downloaded.
            Environment = { ["GOPATH"] = "/usr/share/gocode", ["GO111MODULE"] = "off", ["GOFLAGS"] = "", ["GOCACHE"] = Path.Combine(Folder, "go-cache") },
        };
        Compile(start, GoPackages);
        return program;
    }

    private static string CompileJava()
    {
        var classes = Path.Combine(Folder, "java");
        Compile(new(RequiredTool.Find("javac", JavaPackages), ["-encoding", "UTF-8", "-cp", SpymemcachedJar, "-d", classes, SourceOf("Client.java")]), JavaPackages);
        return classes;
    }

    private static void Compile(ProcessStartInfo start, string packages)
    {
        start.RedirectStandardError = true;
        using var compiler = Process.Start(start)!;
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            RequiredTool.Missing($"{errors.Trim()}; what is missing is installed with: apt-get install {packages}");
        }
    }
}
