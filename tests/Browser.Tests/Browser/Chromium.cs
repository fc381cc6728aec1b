using PuppeteerSharp;
using TypedCache.Browser.Tests;
using TypedCache.Integration.Tests.External;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace TypedCache.Browser.Tests;

/// <summary>A headless Chromium that all tests share. It is started with the first page.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage",
    ];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"typedcache-chromium-{Guid.NewGuid():N}");
    private IBrowser? _browser;

    /// <summary>Opens a page that shares nothing with the others; the test is skipped where there is no Chromium.</summary>
    /// <param name="address">The address.</param>
    /// <param name="width">How wide it is.</param>
    /// <param name="dark">Whether its user likes it dark.</param>
    /// <param name="height">How high it is.</param>
    /// <param name="reducedMotion">Whether its user wants nothing to move.</param>
    public async Task<WatchedPage> OpenAsync(Uri address, int width = 1280, int height = 900, bool dark = false, bool reducedMotion = false)
    {
        var browser = await LaunchAsync();
        var context = await browser.CreateBrowserContextAsync();
        var page = await context.NewPageAsync();
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height });
        await page.EmulateMediaFeaturesAsync(
        [
            new() { MediaFeature = MediaFeature.PrefersColorScheme, Value = dark ? "dark" : "light" },
            new() { MediaFeature = MediaFeature.PrefersReducedMotion, Value = reducedMotion ? "reduce" : "no-preference" },
        ]);
        return await WatchedPage.OpenAsync(context, page, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _gate.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<IBrowser> LaunchAsync()
    {
        var path = RequiredTool.Find("chromium", "chromium");
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _browser ??= await Puppeteer.LaunchAsync(new LaunchOptions { ExecutablePath = path, Args = Arguments, UserDataDir = _folder });
        }
        finally
        {
            _gate.Release();
        }
    }
}
