using Microsoft.AspNetCore.Http;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The body of a request to do something, which is short.</summary>
internal static class ActionBody
{
    private const int MaxLength = 4096;

    /// <summary>Reads it.</summary>
    /// <returns>The bytes; null: there are too many.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxLength)
        {
            return null;
        }

        var buffer = new byte[MaxLength + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return length > MaxLength ? null : buffer[..length];
    }
}
