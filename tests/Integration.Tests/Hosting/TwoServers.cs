using System.Text.Json;
using System.Text.Json.Nodes;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Hosting;

/// <summary>Two real servers, and the settings of an application that uses them.</summary>
internal sealed class TwoServers(params string[] arguments) : IDisposable
{
    public MemcachedProcess First { get; } = MemcachedProcess.Start(arguments);

    public MemcachedProcess Second { get; } = MemcachedProcess.Start(arguments);

    /// <summary>The text of an appsettings.json.</summary>
    /// <param name="password">The password of the user "shop", if the servers ask for one.</param>
    /// <param name="more">More servers.</param>
    public string Settings(string? password = null, params MemcachedProcess[] more)
    {
        // However long a busy machine takes: a server that has ended refuses at once.
        var cache = new JsonObject { ["RetryInterval"] = "00:00:00.2", ["OperationTimeout"] = "00:01:00", ["ConnectTimeout"] = "00:01:00" };
        if (password is not null)
        {
            cache["User"] = "shop";
            cache["Password"] = password;
        }

        var servers = string.Join(", ", [First.Address, Second.Address, .. more.Select(static server => server.Address)]);
        var settings = new JsonObject
        {
            ["ConnectionStrings"] = new JsonObject { ["cache"] = servers },
            ["TypedCache"] = new JsonObject { ["cache"] = cache },
        };
        return settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
