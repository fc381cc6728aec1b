using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using TypedCache.Integration.Tests.External;
using TypedCache.Interop.Tests.Php;
using TypedCache.Values;

namespace TypedCache.Interop.Tests.Tool;

/// <summary><c>typedcache serve</c> as a process, with clients of all kinds over its sockets.</summary>
public sealed class ServeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pool_uses_several_servers_of_one_process()
    {
        using var serve = ServeProcess.Start(3, "--port", "0", "--nodes", "3");
        await using var pool = MemcachedPool.Connect(serve.Servers);

        for (var i = 0; i < 300; i++)
        {
            await pool.SetAsync($"k{i}", $"value {i}", CacheCodecs.String, cancellationToken: Cancel);
        }

        for (var i = 0; i < 300; i++)
        {
            Assert.Equal($"value {i}", await pool.GetAsync($"k{i}", CacheCodecs.String, Cancel));
        }

        var items = (await pool.GetStatsAsync(cancellationToken: Cancel)).Select(reply => int.Parse(reply.Value!["curr_items"], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(300, items.Sum());
        Assert.All(items, count => Assert.InRange(count, 1, 299));
    }

    [Fact]
    public async Task Many_clients_at_once_get_their_own_values_and_leave_nothing_behind()
    {
        const int Clients = 20;
        const int Rounds = 200;
        using var serve = ServeProcess.Start(2, "-p", "0", "-n", "2");
        var before = serve.Sockets;

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            await using var pool = MemcachedPool.Connect(serve.Servers);
            for (var round = 0; round < Rounds; round++)
            {
                var key = $"{client}:{round % 17}";
                await pool.SetAsync(key, $"{key}/{round}", CacheCodecs.String, cancellationToken: Cancel);
                Assert.Equal($"{key}/{round}", await pool.GetAsync(key, CacheCodecs.String, Cancel));
                await pool.IncrementAsync("total", by: 1, initial: 1, cancellationToken: Cancel);
            }
        }));

        await using (var pool = MemcachedPool.Connect(serve.Servers))
        {
            Assert.Equal((ulong)(Clients * Rounds), await pool.IncrementAsync("total", by: 0, Cancel));
        }

        await UntilAsync(() => serve.Sockets == before, "The connections' sockets are closed.");
    }

    [Fact]
    public void The_text_protocol_is_answered_byte_by_byte()
    {
        using var serve = ServeProcess.Start(1, "-p", "0");
        using var socket = Connect(serve.Addresses[0]);

        Assert.Equal("STORED\r\n", Ask(socket, "set a 5 0 3\r\nabc\r\n"));
        Assert.Equal("VALUE a 5 3\r\nabc\r\nEND\r\n", Ask(socket, "get a\r\n"));
        Assert.Equal("VA 3 f5 t-1\r\nabc\r\n", Ask(socket, "mg a v f t\r\n"));
        Assert.StartsWith("VERSION 1.6.", Ask(socket, "version\r\n"), StringComparison.Ordinal);
        Assert.Equal("ERROR\r\n", Ask(socket, "nonsense\r\n"));
    }

    [Fact]
    public async Task Libmemcacheds_own_suite_passes()
    {
        var program = RequiredTool.Find("memccapable", "libmemcached-tools");
        using var serve = ServeProcess.Start(1, "-p", "0");
        var port = IPEndPoint.Parse(serve.Addresses[0]).Port;

        using var suite = Process.Start(new ProcessStartInfo(program, ["-a", "-h", "127.0.0.1", "-p", $"{port}"]) { RedirectStandardOutput = true })!;
        var output = await suite.StandardOutput.ReadToEndAsync(Cancel);
        await suite.WaitForExitAsync(Cancel);

        Assert.Contains("All tests passed", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pecl consistent crc32")]
    [InlineData("php-memcached ketama")]
    public async Task A_php_application_shares_the_servers(string name)
    {
        using var serve = ServeProcess.Start(3, "-p", "0", "-n", "3");
        var setup = PhpSetup.All.First(each => each.Name == name);
        var options = setup.CreateOptions().AddServers(serve.Servers);
        await using var pool = MemcachedPool.Connect(options);
        using var php = PhpClient.Start(setup, options.Servers);
        string[] keys = [.. Enumerable.Range(0, 60).Select(i => $"shared:{i}")];

        Assert.All(php.Set("text", keys), Assert.True);

        Assert.Equal(keys.Select(key => pool.FindServer(key).Name), php.Locate(keys));
        var values = await pool.GetManyAsync(keys, CacheCodecs.String, Cancel);
        Assert.Equal(php.Get(keys), keys.Select(key => (object?)values[key]));
    }

    [Fact]
    public async Task A_full_server_evicts_and_its_memory_stays_bounded()
    {
        const int Megabytes = 8;
        const int Sets = 6 * Megabytes * 100;
        using var serve = ServeProcess.Start(1, "-p", "0", "-m", $"{Megabytes}");
        await using var pool = MemcachedPool.Connect(serve.Servers);
        var value = RandomNumberGenerator.GetBytes(10_000);
        await pool.SetAsync("used", value, CacheCodecs.Bytes, cancellationToken: Cancel);

        // Six times what fits.
        for (var i = 0; i < Sets; i++)
        {
            await pool.SetAsync($"k{i}", value, CacheCodecs.Bytes, cancellationToken: Cancel);
            if (i % 100 == 0)
            {
                Assert.NotNull(await pool.GetAsync("used", CacheCodecs.Bytes, Cancel));
            }
        }

        var statistics = (await pool.GetStatsAsync(cancellationToken: Cancel))[0].Value!;
        Assert.InRange(long.Parse(statistics["bytes"], CultureInfo.InvariantCulture), Megabytes * 900_000, Megabytes * 1024 * 1024);
        Assert.True(long.Parse(statistics["evictions"], CultureInfo.InvariantCulture) > Sets / 2);
        Assert.Null(await pool.GetAsync("k0", CacheCodecs.Bytes, Cancel));
        Assert.NotNull(await pool.GetAsync($"k{Sets - 1}", CacheCodecs.Bytes, Cancel));
        using var process = Process.GetProcessById(serve.ProcessId);
        Assert.InRange(process.WorkingSet64, 1, 250_000_000);
    }

    [Fact]
    public void The_largest_item_is_what_was_asked_for()
    {
        using var serve = ServeProcess.Start(1, "-p", "0", "--max-item-size", "8m");
        using var socket = Connect(serve.Addresses[0]);

        Assert.Equal("STORED\r\n", Ask(socket, $"set a 0 0 5000000\r\n{new string('x', 5_000_000)}\r\n"));
        Assert.Equal("SERVER_ERROR object too large for cache\r\n", Ask(socket, $"set a 0 0 8388608\r\n{new string('x', 8_388_608)}\r\n"));
        Assert.Contains("STAT item_size_max 8388608\r\n", Ask(socket, "stats settings\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_follow_each_other_from_the_first()
    {
        // Other processes take ports too: with bad luck one of the three is taken between the look and the start.
        for (var attempt = 0; ; attempt++)
        {
            var first = LoopbackPort.Free();
            try
            {
                using var serve = ServeProcess.Start(3, "-p", $"{first}", "-n", "3");
                Assert.Equal([$"127.0.0.1:{first}", $"127.0.0.1:{first + 1}", $"127.0.0.1:{first + 2}"], serve.Addresses);
                return;
            }
            catch (Xunit.Sdk.XunitException) when (attempt < 5)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task A_taken_port_is_named_and_nothing_stays_open()
    {
        using var taken = ServeProcess.Start(1, "-p", "0");
        var port = IPEndPoint.Parse(taken.Addresses[0]).Port;

        var (code, shown, errors) = await ServeProcess.RunAsync("-p", $"{port}");

        Assert.Equal(1, code);
        Assert.Equal($"127.0.0.1:{port} is in use. Choose another --port, or 0 for any free one.", errors);
        Assert.Equal("", shown);
    }

    [Theory]
    [InlineData("-p", "70000")]
    [InlineData("-p", "65535", "-n", "2")]
    [InlineData("-n", "0")]
    [InlineData("-m", "0")]
    [InlineData("-I", "8x")]
    [InlineData("-I", "2m", "-m", "1")]
    [InlineData("-l", "no-address")]
    [InlineData("-s", "/tmp/x", "-p", "0")]
    [InlineData("-s", "")]
    public async Task Arguments_which_are_not_valid_start_nothing(params string[] arguments)
    {
        var (code, shown, errors) = await ServeProcess.RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Equal("", shown);
        Assert.Contains("--help", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_the_servers_in_order(string signal)
    {
        using var serve = ServeProcess.Start(2, "-p", "0", "-n", "2");
        using var socket = Connect(serve.Addresses[0]);
        Assert.Equal("MN\r\n", Ask(socket, "mn\r\n"));

        serve.Signal(signal);

        Assert.Equal(0, await serve.WaitForExitAsync());
        Assert.Equal(0, EndOf(socket));
        Assert.All(serve.Addresses, address => Assert.Throws<SocketException>(() => Connect(address).Dispose()));
    }

    [Fact]
    public async Task A_unix_socket_serves_and_is_removed()
    {
        var folder = Directory.CreateTempSubdirectory("typedcache-");
        var path = Path.Combine(folder.FullName, "cache.sock");
        try
        {
            using var serve = ServeProcess.Start(1, "--unix-socket", path);
            Assert.Equal($"unix:{path}", serve.Servers);
            await using (var pool = MemcachedPool.Connect(serve.Servers))
            {
                await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Cancel);
                Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Cancel));
            }

            var (code, shown, errors) = await ServeProcess.RunAsync("-s", path);
            Assert.Equal(1, code);
            Assert.Contains("exists already", errors, StringComparison.Ordinal);
            Assert.Equal("", shown);

            serve.Signal("TERM");
            Assert.Equal(0, await serve.WaitForExitAsync());
            Assert.False(File.Exists(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_log_has_commands_and_answers_and_no_value()
    {
        using var quiet = ServeProcess.Start(1, "-p", "0");
        using var serve = ServeProcess.Start(1, "-p", "0", "-vv");
        foreach (var each in (ServeProcess[])[quiet, serve])
        {
            using var socket = Connect(each.Addresses[0]);
            Ask(socket, "set a 0 0 6\r\nsecret\r\n");
            Ask(socket, "get a\r\n");
        }

        await UntilAsync(() => serve.ErrorText.Contains("<1 connection closed", StringComparison.Ordinal), "The log is complete.");
        Assert.Equal(
            ["<1 new connection", "<1 set a 0 0 6", ">1 STORED", "<1 get a", ">1 VALUE a 0 6", "<1 connection closed"],
            serve.ErrorText.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal("", quiet.ErrorText);
    }

    private static Socket Connect(string address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPEndPoint.Parse(address));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Ask(Socket socket, string commands)
    {
        socket.Send(Encoding.ASCII.GetBytes(commands));
        var buffer = new byte[8192];
        return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
    }

    // How many bytes come until the server closes.
    private static int EndOf(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[100]);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Patience, $"Not so within {Patience}: {what}");
            await Task.Delay(20, Cancel);
        }
    }
}
