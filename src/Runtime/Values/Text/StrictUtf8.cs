using System.Text;

namespace TypedCache.Values;

/// <summary>UTF-8 that throws where the usual one would insert U+FFFD: a value comes back as it was, or not at all.</summary>
internal static class StrictUtf8
{
    public static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
