using Microsoft.Extensions.Logging;

namespace TypedCache.Caching;

/// <summary>What a cache reports. Each warning comes at most once a minute; no key and no value is in it.</summary>
internal sealed partial class HybridCacheLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long _lastKey;
    private long _lastPayload;
    private long _lastRead;
    private long _lastWrite;

    public void KeyNotCached(int length, int longest)
    {
        if (IsDue(ref _lastKey))
        {
            LogKeyNotCached(length, longest);
        }
    }

    public void PayloadTooLarge(Type type, long longest)
    {
        if (IsDue(ref _lastPayload))
        {
            LogPayloadTooLarge(type, longest);
        }
    }

    public void ReadFailed(Exception exception)
    {
        if (IsDue(ref _lastRead))
        {
            LogReadFailed(exception);
        }
    }

    public void WriteFailed(Exception exception)
    {
        if (IsDue(ref _lastWrite))
        {
            LogWriteFailed(exception);
        }
    }

    // 0 stands for never.
    private bool IsDue(ref long last)
    {
        var before = Volatile.Read(ref last);
        var now = time.GetTimestamp();
        return (before == 0 || time.GetElapsedTime(before, now) >= Pause)
            && Interlocked.CompareExchange(ref last, now == 0 ? 1 : now, before) == before;
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
