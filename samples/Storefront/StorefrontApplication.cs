using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.DataProtection;
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

    /// <summary>Builds it; it has to be started.</summary>
    /// <param name="setup">What it consists of.</param>
    public static WebApplication Build(StorefrontSetup setup)
    {
        // Settings stand beside the program, wherever it is started.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(setup.Urls);
        if (setup.Servers is { } servers)
        {
            builder.Configuration["ConnectionStrings:cache"] = servers;
        }

        AddCaches(builder, setup.Embedded);
        AddShop(builder.Services, setup);
        AddVisitors(builder.Services, setup.KeyFolder);
        AddTelemetry(builder);

        var app = builder.Build();
        app.UseExceptionHandler(static failed => failed.Run(ShowFailureAsync));
        app.Use(static (context, next) => SetHeaders(context, next));
        app.UseSession();
        app.UseAntiforgery();
        app.UseOutputCache();
        Map(app);
        return app;
    }

    private static void AddCaches(WebApplicationBuilder builder, EmbeddedServers? embedded)
    {
        var cache = builder.AddTypedCache("cache", settings => settings.ConnectionString = embedded?.ConnectionString ?? settings.ConnectionString)
            .AddClients()
            .AddDistributedCache(static options => (options.InstanceName, options.OnFailure) = ("session:", ServerFailurePolicy.Miss))
            .AddOutputCache(static options => options.InstanceName = "page:")
            .AddHealthCheck()
            .WarmUp();
        builder.Services.AddOutputCache();
    }

    private static void AddShop(IServiceCollection services, StorefrontSetup setup)
    {
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

    private static void Map(WebApplication app)
    {
        CatalogPages.Map(app);
        BasketPages.Map(app);
        DeliveryPages.Map(app);
        ShopApi.Map(app);
        app.MapHealthChecks("/ready");
        app.MapGet("/storefront.css", static (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "max-age=300";
            return TypedResults.Text(StyleSheet.Css, "text/css; charset=utf-8");
        });
        app.MapFallback("{*path}", static (HttpContext context) => Html.NotFound($"page {context.Request.Path.Value}"));
    }

    private static Task SetHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }

    private static Task ShowFailureAsync(HttpContext context) => Html.Page(
        new PageFrame("Failed"),
        static html => NoticeView.Write(html, "That did not work", "Try again in a moment."),
        StatusCodes.Status500InternalServerError).ExecuteAsync(context);
}
