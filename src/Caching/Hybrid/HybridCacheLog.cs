using Microsoft.Extensions.Logging;
using TypedCache.Shared;

namespace TypedCache.Caching;

/// <summary>What a cache reports. Each warning comes at most once a minute; no key and no value is in it.</summary>
internal sealed partial class HybridCacheLog(ILogger logger, TimeProvider time)
{
    private readonly OncePerMinute _key = new(time);
    private readonly OncePerMinute _payload = new(time);
    private readonly OncePerMinute _read = new(time);
    private readonly OncePerMinute _write = new(time);

    public void KeyNotCached(int length, int longest)
    {
        if (_key.IsDue())
        {
            LogKeyNotCached(length, longest);
        }
    }

    public void PayloadTooLarge(Type type, long longest)
    {
        if (_payload.IsDue())
        {
            LogPayloadTooLarge(type, longest);
        }
    }

    public void ReadFailed(Exception exception)
    {
        if (_read.IsDue())
        {
            LogReadFailed(exception);
        }
    }

    public void WriteFailed(Exception exception)
    {
        if (_write.IsDue())
        {
            LogWriteFailed(exception);
        }
    }

    [LoggerMessage(311, LogLevel.Warning, "A key of {Length} characters is blank, or longer than {Longest}: its values are created by each caller and not stored. See MaximumKeyLength.", EventName = "KeyNotCached")]
    private partial void LogKeyNotCached(int length, int longest);

    [LoggerMessage(312, LogLevel.Warning, "A value of type {Type} takes more than {Longest} bytes and is not stored. See MaximumPayloadBytes.", EventName = "PayloadTooLarge")]
    private partial void LogPayloadTooLarge(Type type, long longest);

    [LoggerMessage(313, LogLevel.Warning, "A value could not be read, which counts as a miss.", EventName = "ReadFailed")]
    private partial void LogReadFailed(Exception exception);

    [LoggerMessage(314, LogLevel.Warning, "A value could not be stored. An older one may stay until it expires.", EventName = "WriteFailed")]
    private partial void LogWriteFailed(Exception exception);
}
