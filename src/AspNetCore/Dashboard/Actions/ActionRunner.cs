using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Does what a button of the page was pressed for.</summary>
/// <param name="options">What there is.</param>
/// <param name="pools">The pools.</param>
/// <param name="logger">Hears of what was done.</param>
/// <param name="ending">Cancelled when the application begins to end.</param>
internal sealed class ActionRunner(TypedCacheDashboardOptions options, ShownPools pools, ILogger logger, CancellationToken ending)
{
    private readonly Dictionary<string, TypedCacheDashboardAction> _actions = ServerActions.With(options.Actions);

    /// <summary>Answers a request.</summary>
    public async Task RunAsync(HttpContext context)
    {
        if (!SameOrigin.IsProven(context.Request))
        {
            await ReplyAsync(context, StatusCodes.Status403Forbidden, "Only the page itself can do this.").ConfigureAwait(false);
        }
        else if (!_actions.TryGetValue(context.GetRouteValue("name") as string ?? "", out var action))
        {
            await ReplyAsync(context, StatusCodes.Status404NotFound, "There is no such action.").ConfigureAwait(false);
        }
        else if (!context.Request.HasJsonContentType())
        {
            await ReplyAsync(context, StatusCodes.Status415UnsupportedMediaType, "Send JSON.").ConfigureAwait(false);
        }
        else if (await ActionBody.ReadAsync(context.Request).ConfigureAwait(false) is not { } body)
        {
            await ReplyAsync(context, StatusCodes.Status413PayloadTooLarge, "The request is too long.").ConfigureAwait(false);
        }
        else
        {
            await RunAsync(context, action, body).ConfigureAwait(false);
        }
    }

    private Task RunAsync(HttpContext context, TypedCacheDashboardAction action, byte[] body)
    {
        if (Parse(body) is not { } request)
        {
            return ReplyAsync(context, StatusCodes.Status400BadRequest, "The request is no JSON object with pool, server and choice.");
        }

        if (FindPool(request.Pool) is not { } pool)
        {
            return ReplyAsync(context, StatusCodes.Status404NotFound, "There is no such pool.");
        }

        var server = action.IsPerServer ? FindServer(pool, request.Server) : null;
        if (action.IsPerServer && server is null)
        {
            return ReplyAsync(context, StatusCodes.Status404NotFound, "The pool has no such server.");
        }

        var choice = action.Choices.Count > 0 ? request.Choice : null;
        return action.Choices.Count > 0 && !action.Choices.Contains(choice, StringComparer.Ordinal)
            ? ReplyAsync(context, StatusCodes.Status404NotFound, "There is no such choice.")
            : RunAsync(context, action, new TypedCacheDashboardCall { Pool = pool, Server = server, Choice = choice });
    }

    private async Task RunAsync(HttpContext context, TypedCacheDashboardAction action, TypedCacheDashboardCall call)
    {
        var about = call.Server?.Name ?? "the pool";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        try
        {
            var message = await action.RunAsync(call, ended.Token).ConfigureAwait(false);
            logger.ActionRun(action.Name, about);
            await ReplyAsync(context, StatusCodes.Status200OK, message ?? "").ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            logger.ActionFailed(exception, action.Name, about);
            await ReplyAsync(context, StatusCodes.Status500InternalServerError, exception.Message).ConfigureAwait(false);
        }
    }

    private MemcachedPool? FindPool(string? name)
    {
        var all = pools.All;
        for (var i = 0; i < all.Length; i++)
        {
            if (name is null || pools.NameOf(i) == name)
            {
                return all[i];
            }
        }

        return null;
    }

    private static MemcachedServer? FindServer(MemcachedPool pool, string? name) =>
        pool.Servers.Concat(pool.Spares).FirstOrDefault(server => server.Name == name);

    private static ActionRequest? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, DashboardJson.Default.ActionRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task ReplyAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var reply = JsonSerializer.SerializeToUtf8Bytes(new ActionReply(message, status != StatusCodes.Status200OK), DashboardJson.Default.ActionReply);
        context.Response.ContentLength = reply.Length;
        await context.Response.Body.WriteAsync(reply, context.RequestAborted).ConfigureAwait(false);
    }
}
