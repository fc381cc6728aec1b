namespace TypedCache.Testing.Tests;

internal static class RecordedCallText
{
    public static string KindText(this RecordedCall call) => call.Kind.ToString().ToLowerInvariant();
}
