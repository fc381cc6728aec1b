using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedCache.Shared;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The endpoints of a live page.</summary>
internal sealed class DashboardEndpoints
{
    private static readonly PageMarkup Markup = new(new PageFile("dashboard.html", "text/html; charset=utf-8"));
    private static readonly PageFile Styles = new("dashboard.css", "text/css; charset=utf-8");
    private static readonly PageFile Script = new("dashboard.js", "text/javascript; charset=utf-8");

    private readonly TypedCacheDashboardOptions _options;
    private readonly ILogger _logger;
    private readonly OncePerMinute _refusals;
    private readonly EventStream _events;
    private readonly ActionRunner _actions;

    /// <summary>Makes them.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="options">What the page shows.</param>
    public DashboardEndpoints(IServiceProvider services, TypedCacheDashboardOptions options)
    {
        _options = options;
        _logger = services.GetService<ILoggerFactory>()?.CreateLogger("TypedCache.Dashboard") ?? NullLogger.Instance;
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var ending = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        var pools = new ShownPools(services);
        _refusals = new OncePerMinute(time);
        _events = new EventStream(new Broadcast(options, pools, time, _logger), ending);
        _actions = new ActionRunner(options, pools, _logger, ending);
    }

    /// <summary>Adds them to a group.</summary>
    public IEndpointConventionBuilder Map(RouteGroupBuilder group)
    {
        group.MapGet("", Guarded(SendPageAsync));
        group.MapGet("/dashboard.css", Guarded(context => SendAsync(context, Styles)));
        group.MapGet("/dashboard.js", Guarded(context => SendAsync(context, Script)));
        group.MapGet("/events", Guarded(_events.SendAsync));
        if (_options.AllowActions)
        {
            group.MapPost("/actions/{name}", Guarded(_actions.RunAsync));
        }

        // What an application does with all of its responses is wrong for these: keeping them, and ending them after a while.
        group.CacheOutput(static policy => policy.NoCache());
        group.WithMetadata(new DisableRequestTimeoutAttribute());
        group.ExcludeFromDescription();
        return group;
    }

    private RequestDelegate Guarded(RequestDelegate answer) => context =>
    {
        SecurityHeaders.Set(context.Response.Headers);
        return LocalAccess.Refusal(context) is { } reason ? RefuseAsync(context, reason) : answer(context);
    };

    private Task RefuseAsync(HttpContext context, string reason)
    {
        if (_refusals.IsDue())
        {
            _logger.Refused(reason);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return PlainText.SendAsync(context, $"""
            This page answers this machine only, and {reason}.
            To open it to others, say to whom: app.MapTypedCacheDashboard().RequireAuthorization(...).

            """);
    }

    private Task SendPageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        var page = Encoding.UTF8.GetBytes(Markup.For(_options.Title, context.Request.Path.Value ?? ""));
        context.Response.ContentLength = page.Length;
        return context.Response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }

    private static Task SendAsync(HttpContext context, PageFile file)
    {
        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Content.Length;
        return context.Response.Body.WriteAsync(file.Content, context.RequestAborted).AsTask();
    }
}
