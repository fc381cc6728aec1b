using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Sends the samples to a page, as server-sent events, until the page or the application ends.</summary>
/// <param name="broadcast">Where the samples come from.</param>
/// <param name="ending">Cancelled when the application begins to end.</param>
internal sealed class EventStream(Broadcast broadcast, CancellationToken ending)
{
    /// <summary>Sends them.</summary>
    public async Task SendAsync(HttpContext context)
    {
        if (broadcast.Join() is not { } viewer)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await PlainText.SendAsync(context, $"{Broadcast.MaxViewers} pages are open already.\n").ConfigureAwait(false);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        try
        {
            await SendAsync(context, viewer, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // As it always ends.
        }
        finally
        {
            broadcast.Leave(viewer);
        }
    }

    private async Task SendAsync(HttpContext context, Viewer viewer, CancellationToken cancellationToken)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";

        // Otherwise nginx collects events until there are some kilobytes.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var body = context.Response.Body;
        await body.WriteAsync(broadcast.Hello, cancellationToken).ConfigureAwait(false);
        await body.FlushAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var frame in viewer.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await body.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
            await body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
