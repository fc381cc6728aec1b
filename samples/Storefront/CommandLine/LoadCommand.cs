using Storefront.Load;

namespace Storefront.CommandLine;

/// <summary>Visitors for a shop that runs.</summary>
/// <param name="options">What they do.</param>
internal sealed class LoadCommand(LoadOptions options)
{
    /// <summary>Lets them come.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await new LoadGenerator(options, Console.Out).RunAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
        {
            await Console.Error.WriteLineAsync(
                $"No storefront answers at {options.Address}: {exception.Message}{Environment.NewLine}Start it first: dotnet run --project samples/Storefront");
            return StorefrontCommand.Failed;
        }
    }
}
