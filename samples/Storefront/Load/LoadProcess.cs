using System.Diagnostics;
using System.Globalization;

namespace Storefront.Load;

/// <summary>The load generator in a process of its own, so that its work is not mistaken for the shop's.</summary>
internal sealed class LoadProcess : IDisposable
{
    private readonly Process _process;

    private LoadProcess(Process process) => _process = process;

    /// <summary>Starts this program once more, as the load generator of a shop.</summary>
    public static LoadProcess Start(LoadOptions options)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The system does not say which program this is.");
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "Storefront.dll")] : [];
        var culture = CultureInfo.InvariantCulture;
        string[] duration = options.Duration is { } time ? ["--seconds", time.TotalSeconds.ToString("0", culture)] : [];
        return new LoadProcess(Process.Start(new ProcessStartInfo(
            program,
            [
                .. host, "--load", options.Address.ToString(), "--rate", options.Rate.ToString(culture), "--bypass", (options.Bypass * 100).ToString("0", culture), .. duration,
            ]))!);
    }

    /// <summary>Ends it, if it has not ended by itself: Ctrl+C in a terminal reaches both.</summary>
    public void Dispose()
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(2)))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
