using Microsoft.AspNetCore.Http;

namespace TypedCache.Benchmarks.WebApi;

/// <summary>How many gets a page takes, which keys it reads, and what it writes.</summary>
internal static class Page
{
    /// <summary>Gets of a page which makes them one after another.</summary>
    public const int Few = 5;

    /// <summary>Gets of a page which makes them all at once.</summary>
    public const int Many = 20;

    private const int Keys = 1000;
    private const int ValueLength = 100;

    /// <summary>The first of a page's keys.</summary>
    public static int ChooseKey() => Random.Shared.Next(Keys - Many);

    /// <summary>The length of a value which has to be there.</summary>
    public static int Measure(byte[]? value) => value?.Length == ValueLength
        ? ValueLength
        : throw new InvalidOperationException("A value is missing or has another length than expected.");

    /// <summary>Answers with the length of all values together.</summary>
    public static ValueTask WriteAsync(HttpContext context, int length)
    {
        Span<byte> text = stackalloc byte[16];
        length.TryFormat(text, out var written);
        context.Response.ContentLength = written;
        var body = context.Response.BodyWriter;
        text[..written].CopyTo(body.GetSpan(written));
        body.Advance(written);
        return ValueTask.CompletedTask;
    }
}
