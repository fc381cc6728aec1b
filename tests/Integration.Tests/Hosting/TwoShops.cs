using TypedCache.Integration.Tests.Publishing;

namespace TypedCache.Integration.Tests.Hosting;

/// <summary>Two processes of one web application.</summary>
internal sealed class TwoShops : IDisposable
{
    private readonly TemporaryFolder _keys = new();
    private readonly List<WebShopProcess> _processes = [];

    public IReadOnlyList<WebShopProcess> All => _processes;

    public WebShopProcess this[int index] => _processes[index];

    public static async Task<TwoShops> StartAsync(string program, string settings)
    {
        var shops = new TwoShops();
        try
        {
            // One after the other: the first one makes the key that protects cookies.
            foreach (var name in (string[])["first", "second"])
            {
                shops._processes.Add(await WebShopProcess.StartAsync(program, name, shops._keys.Path, settings));
            }

            return shops;
        }
        catch
        {
            shops.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }

        _keys.Dispose();
    }
}
