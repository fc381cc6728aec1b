using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Storefront.Caches;
using Storefront.Endpoints;
using Storefront.Origin;
using Storefront.Pages;
using Storefront.Servers;
using TypedCache;

namespace Storefront;

/// <summary>The web application.</summary>
internal static class StorefrontApplication
{
    private const string SettingOfExporter = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Nothing on the pages is from elsewhere, and no script is needed.
    private const string ContentPolicy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Reads the configuration: the settings beside the program, wherever it is started, and the environment.</summary>
    public static WebApplicationBuilder CreateBuilder() =>
        WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

    /// <summary>Builds it; it has to be started.</summary>
    /// <param name="builder">Has the configuration.</param>
    /// <param name="setup">What the shop consists of.</param>
    public static WebApplication Build(WebApplicationBuilder builder, StorefrontSetup setup)
    {
        builder.WebHost.UseUrls(setup.Urls);
        AddCaches(builder, setup.Embedded);
        AddShop(builder.Services, setup);
        AddVisitors(builder.Services, setup.KeyFolder);
        AddTelemetry(builder);

        var app = builder.Build();
        app.UseExceptionHandler(static failed => failed.Run(ShowFailureAsync));
        app.Use(static (context, next) => SetHeaders(context, next));
        app.UseSession();
        app.UseAntiforgery();
        app.Use(static (context, next) => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? RefuseFormAsync(context) : next(context));
        app.UseOutputCache();
        Map(app, setup.Embedded);
        return app;
    }

    private static void AddCaches(WebApplicationBuilder builder, EmbeddedServers? embedded)
    {
        builder.AddTypedCache("cache", settings => settings.ConnectionString = embedded?.ConnectionString ?? settings.ConnectionString)
            .AddClients()
            .AddDistributedCache(static options => (options.InstanceName, options.OnFailure) = ("session:", ServerFailurePolicy.Miss))
            .AddOutputCache(static options => options.InstanceName = "page:")
            .AddHealthCheck()
            .WarmUp();
        builder.Services.AddOutputCache();
    }

    private static void AddShop(IServiceCollection services, StorefrontSetup setup)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(setup.Size);
        services.AddSingleton(setup.Database);
        services.AddSingleton(new CountedOrigin(setup.Database, setup.OriginDelay));
        services.AddSingleton<IOrigin>(static provider => provider.GetRequiredService<CountedOrigin>());
        services.AddSingleton<Places>();
        services.AddSingleton<Catalog>();
        services.AddSingleton<Baskets>();
        services.AddSingleton<Views>();
        services.AddSingleton<PageTimes>();
        services.AddSingleton<CatalogPages>();
        services.AddSingleton<BasketPages>();
        services.AddSingleton<DeliveryPages>();
        services.AddSingleton<ShopApi>();
        services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ShopJson.Default));
    }

    // Sessions hold numbers, which no trimming harms.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Sessions hold bytes, and their middleware is named here.")]
    private static void AddVisitors(IServiceCollection services, string keyFolder)
    {
        services.AddSession(static options => (options.Cookie.Name, options.Cookie.IsEssential) = ("session", true));
        services.AddAntiforgery(static options => options.Cookie.Name = "antiforgery");

        // Where the keys stay, a visitor stays the same after a restart. They do not belong into a cache, which may forget them.
        services.AddDataProtection().SetApplicationName("storefront").PersistKeysToFileSystem(new DirectoryInfo(keyFolder));
    }

    // For a collector that is named as all programs with OpenTelemetry have it named; otherwise there is none.
    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        if (builder.Configuration[SettingOfExporter] is not { Length: > 0 })
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .WithMetrics(static metrics => metrics.AddTypedCacheInstrumentation().AddMeter(PageTimes.MeterName, "Microsoft.AspNetCore.Hosting"))
            .WithTracing(static traces => traces.AddTypedCacheInstrumentation().AddSource("Microsoft.AspNetCore"))
            .UseOtlpExporter();
    }

    private static void Map(WebApplication app, EmbeddedServers? embedded)
    {
        CatalogPages.Map(app);
        BasketPages.Map(app);
        DeliveryPages.Map(app);
        ShopApi.Map(app);
        LivePage.Map(app, embedded);
        app.MapHealthChecks("/ready");
        app.MapGet("/storefront.css", static (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "max-age=300";
            return TypedResults.Text(StyleSheet.Css, "text/css; charset=utf-8");
        });
        app.MapGet("/{*path}", static (HttpContext context) => Html.NotFound($"page {context.Request.Path.Value}")).WithOrder(int.MaxValue);
    }

    private static Task SetHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }

    private static Task RefuseFormAsync(HttpContext context) => Html.Page(
        new PageFrame("Refused"),
        static html => NoticeView.Write(html, "That form is not from a page of this shop", "Or it has been open for too long: go back, reload the page, and send it again."),
        StatusCodes.Status400BadRequest).ExecuteAsync(context);

    // Pages are shown without the cache, too. What cannot be stored now, such as a basket, can be soon.
    private static Task ShowFailureAsync(HttpContext context) => Html.Page(
        new PageFrame("Failed"),
        static html => NoticeView.Write(html, "That did not work", "Try again in a moment."),
        context.Features.Get<IExceptionHandlerFeature>()?.Error is MemcachedException
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status500InternalServerError).ExecuteAsync(context);
}
