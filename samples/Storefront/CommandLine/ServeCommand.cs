using Microsoft.AspNetCore.Connections;
using Storefront.Load;
using Storefront.Origin;
using Storefront.Servers;

namespace Storefront.CommandLine;

/// <summary>The shop, until it is told to end.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="load">The visitors for its address; null: none.</param>
internal sealed class ServeCommand(StorefrontOptions options, Func<Uri, LoadOptions>? load)
{
    private const int ServerCount = 3;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ServeAsync(cancellationToken);
            return 0;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Fail($"""
                {exception.Message}
                Perhaps another storefront runs there. Choose another port: dotnet run --project samples/Storefront -- --urls http://127.0.0.1:5081
                """);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException or Microsoft.Extensions.Options.OptionsValidationException)
        {
            return Fail(exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return StorefrontCommand.Failed;
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        DatabaseFile.CreateFolder();
        using var database = OpenDatabase();
        var builder = StorefrontApplication.CreateBuilder();
        if (options.Servers is { } servers)
        {
            builder.Configuration["ConnectionStrings:cache"] = servers;
        }

        await using var embedded = builder.Configuration.GetConnectionString("cache") is { Length: > 0 } ? null : EmbeddedServers.Start(ServerCount);
        await using var app = StorefrontApplication.Build(builder, new StorefrontSetup(database, ShopSize.Default, Path.Combine(DatabaseFile.Folder, "keys"))
        {
            Urls = options.Urls ?? builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? StorefrontOptions.DefaultUrls,
            Embedded = embedded,
            OriginDelay = options.OriginDelay,
        });
        await app.StartAsync(cancellationToken);
        var address = new ShopAddress(app.Urls).Uri;
        new Welcome(address, options, database.Path, embedded is not null).Write(Console.Out, app.Services);
        using var visitors = load is null ? null : LoadProcess.Start(load(address));
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private ShopDatabase OpenDatabase()
    {
        var file = new DatabaseFile(options.Database ?? DatabaseFile.DefaultPath, ShopSize.Default);
        using (var progress = new ProgressLine(Console.Out, "Preparing the database of the shop, once"))
        {
            file.Ensure(progress.Show);
        }

        return new ShopDatabase(file.FullPath);
    }
}
