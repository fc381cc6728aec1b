public sealed record Event(DateTimeOffset Start, TimeSpan? Length, DateOnly Day, TimeOnly Time, Half Weight, Int128 Big, Version? Version, BigInteger Number);

[CacheClient("events")]
public partial interface IEvents
{
    [CacheKey("e:{day:O}:{at:HHmm}")] ValueTask<Event?> GetEventAsync(DateOnly day, TimeOnly at, CancellationToken ct = default);
    [CacheKey("f:{start:yyyyMMddHHmmss}")] ValueTask<Event[]?> GetEventsAsync(DateTime start, CancellationToken ct = default);
    [CacheKey("g:{length:c}:{id:N}")] ValueTask<TimeSpan?> GetLengthAsync(TimeSpan length, Guid id, CancellationToken ct = default);
}
