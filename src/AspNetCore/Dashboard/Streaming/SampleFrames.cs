namespace TypedCache.AspNetCore.Dashboard;

/// <summary>A sample for those who have the one before, and for those who have not. Each is written when it is first wanted.</summary>
/// <param name="changes">Has what has changed since the sample before.</param>
/// <param name="complete">Makes one that has everything.</param>
internal sealed class SampleFrames(Sample changes, Func<Sample> complete)
{
    private byte[]? _changes;
    private byte[]? _complete;

    public byte[] Changes => _changes ??= Write(changes);

    public byte[] Complete => _complete ??= Write(complete());

    private static byte[] Write(Sample sample) => EventFrame.Of("sample"u8, sample, DashboardJson.Default.Sample);
}
