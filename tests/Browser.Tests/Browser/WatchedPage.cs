using System.Collections.Concurrent;
using PuppeteerSharp;

namespace TypedCache.Browser.Tests;

/// <summary>A page in the browser, with all that it has complained of and asked for.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    /// <summary>Only keeps a test from hanging.</summary>
    private const int Patience = 60_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<Uri> _requests = new();

    private WatchedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, args) => _complaints.Enqueue($"{args.Message.Type}: {args.Message.Text}");
        page.PageError += (_, args) => _complaints.Enqueue(args.Message);
        page.Request += (_, args) => _requests.Enqueue(new Uri(args.Request.Url));
    }

    public IPage Page { get; }

    /// <summary>What the console has got.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>What was asked for, over the network.</summary>
    public IEnumerable<Uri> Requests => _requests.Where(static address => address.Scheme != "data");

    public static async Task<WatchedPage> OpenAsync(IBrowserContext context, IPage page, Uri address)
    {
        var watched = new WatchedPage(context, page);
        page.DefaultTimeout = Patience;

        // Violations of the content security policy are events too, which no console has to show.
        await page.EvaluateExpressionOnNewDocumentAsync("document.addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))");
        await page.GoToAsync(address.AbsoluteUri, WaitUntilNavigation.DOMContentLoaded);
        return watched;
    }

    /// <summary>Waits for something in the page.</summary>
    /// <param name="condition">A JavaScript expression.</param>
    public Task UntilAsync(string condition) =>
        Page.WaitForFunctionAsync($"() => {condition}", new WaitForFunctionOptions { Timeout = Patience, PollingInterval = 50 });

    /// <summary>Waits until an element has a text in it.</summary>
    public Task UntilTextAsync(string selector, string text) =>
        UntilAsync($"[...document.querySelectorAll('{selector}')].some(e => e.textContent.includes('{text}'))");

    /// <summary>Waits for some more samples to be shown.</summary>
    public async Task NextSamplesAsync(int count = 1)
    {
        var shown = await Page.EvaluateExpressionAsync<int>("Number(document.documentElement.dataset.samples ?? 0)");
        await UntilAsync($"Number(document.documentElement.dataset.samples ?? 0) >= {shown + count}");
    }

    public Task<string> TextAsync(string selector) => Page.EvaluateExpressionAsync<string>($"document.querySelector('{selector}')?.textContent ?? ''");

    public Task<T> EvaluateAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>Does something in the page.</summary>
    public Task RunAsync(string expression) => Page.EvaluateExpressionAsync($"void ({expression})");

    public Task ClickAsync(string selector) => Page.ClickAsync(selector);

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
