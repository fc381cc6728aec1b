using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Integration.Tests.Creation;

/// <summary>A process of its own which uses a server: the program tests/FleetMember.</summary>
internal sealed class MemberProcess : IDisposable
{
    private readonly Process _process;

    private MemberProcess(Process process) => _process = process;

    public static MemberProcess Start(params object[] arguments)
    {
        var words = arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "FleetMember.dll"), .. words]) { RedirectStandardOutput = true };
        return new MemberProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the next line which it prints.</summary>
    public async Task<string> ReadLineAsync(TimeSpan patience) =>
        await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(patience)
            ?? throw new InvalidOperationException("The member of the fleet ended without a word.");

    /// <summary>Ends it, as a crash would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
