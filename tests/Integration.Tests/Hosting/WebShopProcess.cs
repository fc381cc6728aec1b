using System.Diagnostics;
using System.Text;
using TypedCache.Integration.Tests.Publishing;

namespace TypedCache.Integration.Tests.Hosting;

/// <summary>The web application tests/WebShop in a process of its own, with a folder in which its appsettings.json lies.</summary>
internal sealed class WebShopProcess : IDisposable
{
    private const string Announcement = "Now listening on: ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder;
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpClient? _client;

    private WebShopProcess(string program, string name, string keys, string settings)
    {
        _folder = new TemporaryFolder();
        Configure(settings);
        var start = new ProcessStartInfo(
            program, ["--urls", "http://127.0.0.1:0", "--contentRoot", _folder.Path, "--Name", name, "--Keys", keys])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="program">The native program.</param>
    /// <param name="name">Its name, which it puts into what it makes.</param>
    /// <param name="keys">The folder of the keys that protect cookies, shared by all processes of one application.</param>
    /// <param name="settings">The text of appsettings.json.</param>
    public static async Task<WebShopProcess> StartAsync(string program, string name, string keys, string settings)
    {
        var process = new WebShopProcess(program, name, keys, settings);
        try
        {
            process._client = new HttpClient(new SocketsHttpHandler { UseCookies = false })
            {
                BaseAddress = await process._address.Task.WaitAsync(StartLimit, TestContext.Current.CancellationToken),
            };

            // All processes stand behind one name, as behind a load balancer: cached pages are kept by host.
            process._client.DefaultRequestHeaders.Host = "shop.example";
            return process;
        }
        catch (Exception failure)
        {
            process.Dispose();
            throw new InvalidOperationException($"The web application did not start.\n{process.Output}", failure);
        }
    }

    /// <summary>Writes appsettings.json anew; the running application reads it again.</summary>
    public void Configure(string settings) => _folder.Write("appsettings.json", settings);

    /// <summary>The body of the answer to a request, which has to succeed.</summary>
    /// <param name="path">What to ask for.</param>
    /// <param name="headers">Headers as name and value.</param>
    public async Task<string> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (header, value) in headers)
        {
            request.Headers.Add(header, value);
        }

        using var response = await _client!.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {body}\n{Output}");
        return body;
    }

    /// <summary>What comes of a stream until it says something.</summary>
    /// <param name="path">What to ask for, as this machine.</param>
    /// <param name="last">What the last line has in it.</param>
    public async Task<string> ReadUntilAsync(string path, string last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "localhost" } };
        using var response = await _client!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}\n{Output}");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var text = new StringBuilder();
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            text.AppendLine(line);
            if (line.Contains(last, StringComparison.Ordinal))
            {
                return text.ToString();
            }
        }

        throw new InvalidOperationException($"{path} has ended without '{last}':\n{text}");
    }

    /// <summary>Sends a request that may fail, such as one that counts on a server that is killed meanwhile.</summary>
    public async Task TryAsync(string path)
    {
        using var response = await _client!.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    /// <summary>The cookie that comes with the answer to a request.</summary>
    public async Task<string> GetCookieAsync(string path)
    {
        using var response = await _client!.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return Assert.Single(response.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    /// <summary>What it says of its health.</summary>
    public async Task<string> ReadyAsync()
    {
        using var response = await _client!.GetAsync(new Uri("/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _client?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            // The end: where no address came before, none will come.
            _address.TrySetException(new InvalidOperationException("It ended."));
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        var at = line.IndexOf(Announcement, StringComparison.Ordinal);
        if (at >= 0)
        {
            _address.TrySetResult(new Uri(line[(at + Announcement.Length)..].Trim()));
        }
    }
}
