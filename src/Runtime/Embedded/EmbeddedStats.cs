using System.Text;

namespace TypedCache.Embedded;

/// <summary>The replies of <c>stats</c>, under memcached's names.</summary>
internal sealed class EmbeddedStats(EmbeddedStore store, EmbeddedServerOptions options)
{
    private readonly byte[] _version = Encoding.ASCII.GetBytes(options.Version);

    /// <summary>How many sessions are open.</summary>
    public int OpenSessions { get; set; }

    public void WriteGeneral(ReplyBuffer reply)
    {
        Stat(reply, "pid"u8, Environment.ProcessId);
        Stat(reply, "uptime"u8, store.Clock.Uptime);
        Stat(reply, "time"u8, store.Clock.UnixTime(store.Now));
        Stat(reply, "version"u8, _version);
        Stat(reply, "pointer_size"u8, IntPtr.Size * 8);
        Stat(reply, "curr_connections"u8, OpenSessions);
        WriteCounters(reply, store.Counters);
        Stat(reply, "limit_maxbytes"u8, store.MemoryLimit);
        Stat(reply, "accepting_conns"u8, 1);
        Stat(reply, "threads"u8, Environment.ProcessorCount);
        Stat(reply, "bytes"u8, store.Items.Bytes);
        Stat(reply, "curr_items"u8, store.Items.Count);
        Stat(reply, "total_items"u8, store.Counters.TotalItems);
        Stat(reply, "expired_unfetched"u8, store.Counters.ExpiredUnfetched);
        Stat(reply, "evicted_unfetched"u8, store.Counters.EvictedUnfetched);
        Stat(reply, "evictions"u8, store.Counters.Evictions);
        Stat(reply, "reclaimed"u8, store.Counters.Reclaimed);
        reply.WriteLine("END"u8);
    }

    public void WriteSettings(ReplyBuffer reply)
    {
        Stat(reply, "maxbytes"u8, store.MemoryLimit);
        Stat(reply, "oldest"u8, store.OldestLive);
        Stat(reply, "evictions"u8, "on"u8);
        Stat(reply, "growth_factor"u8, "1.25"u8);
        Stat(reply, "chunk_size"u8, 48);
        Stat(reply, "num_threads"u8, Environment.ProcessorCount);
        Stat(reply, "detail_enabled"u8, "no"u8);
        Stat(reply, "cas_enabled"u8, "yes"u8);
        Stat(reply, "binding_protocol"u8, "ascii"u8);
        Stat(reply, "auth_enabled_sasl"u8, "no"u8);
        Stat(reply, "auth_enabled_ascii"u8, "no"u8);
        Stat(reply, "item_size_max"u8, store.MaxItemSize);
        Stat(reply, "flush_enabled"u8, "yes"u8);
        Stat(reply, "dump_enabled"u8, "yes"u8);
        reply.WriteLine("END"u8);
    }

    /// <summary>The items by the size classes that memcached would keep them in.</summary>
    public void WriteItems(ReplyBuffer reply)
    {
        foreach (var (number, count, bytes, oldestAccess) in SummarizeClasses())
        {
            ClassStat(reply, "items:"u8, number, "number"u8, count);
            ClassStat(reply, "items:"u8, number, "age"u8, store.Now - oldestAccess);
            ClassStat(reply, "items:"u8, number, "mem_requested"u8, bytes);
        }

        reply.WriteLine("END"u8);
    }

    /// <summary>The size classes that are in use. There are no real slabs: each counts the pages it would need.</summary>
    public void WriteSlabs(ReplyBuffer reply)
    {
        long active = 0, pages = 0;
        foreach (var (number, count, _, _) in SummarizeClasses())
        {
            var perPage = SlabClasses.PageSize / SlabClasses.ChunkSize(number);
            var ownPages = (count + perPage - 1) / perPage;
            ClassStat(reply, [], number, "chunk_size"u8, SlabClasses.ChunkSize(number));
            ClassStat(reply, [], number, "chunks_per_page"u8, perPage);
            ClassStat(reply, [], number, "total_pages"u8, ownPages);
            ClassStat(reply, [], number, "total_chunks"u8, ownPages * perPage);
            ClassStat(reply, [], number, "used_chunks"u8, count);
            ClassStat(reply, [], number, "free_chunks"u8, (ownPages * perPage) - count);
            active++;
            pages += ownPages;
        }

        Stat(reply, "active_slabs"u8, active);
        Stat(reply, "total_malloced"u8, pages * SlabClasses.PageSize);
        reply.WriteLine("END"u8);
    }

    /// <summary>The keys of a size class, the last used first: <c>stats cachedump</c>. A limit of 0 means no limit.</summary>
    public void WriteKeys(int slabClass, uint limit, ReplyBuffer reply)
    {
        var left = limit == 0 ? uint.MaxValue : limit;
        for (var item = store.Items.Newest; item is not null && left > 0; item = item.Older)
        {
            if (SlabClasses.ClassOf(item.Size) != slabClass)
            {
                continue;
            }

            left--;
            reply.Write("ITEM "u8);
            reply.Write(item.Key);
            reply.Write(" ["u8);
            reply.Write((ulong)item.Value.Length);
            reply.Write(" b; "u8);
            reply.Write(item.ExpiresAt == 0 ? 0 : store.Clock.UnixTime(item.ExpiresAt));
            reply.Write(" s]\r\n"u8);
        }

        reply.WriteLine("END"u8);
    }

    private static void WriteCounters(ReplyBuffer reply, EmbeddedCounters counters)
    {
        Stat(reply, "total_connections"u8, counters.TotalConnections);
        Stat(reply, "cmd_get"u8, counters.GetCommands);
        Stat(reply, "cmd_set"u8, counters.SetCommands);
        Stat(reply, "cmd_flush"u8, counters.FlushCommands);
        Stat(reply, "cmd_touch"u8, counters.TouchCommands);
        Stat(reply, "cmd_meta"u8, counters.MetaCommands);
        Stat(reply, "get_hits"u8, counters.GetHits);
        Stat(reply, "get_misses"u8, counters.GetMisses);
        Stat(reply, "get_expired"u8, counters.GetExpired);
        Stat(reply, "get_flushed"u8, counters.GetFlushed);
        Stat(reply, "delete_misses"u8, counters.DeleteMisses);
        Stat(reply, "delete_hits"u8, counters.DeleteHits);
        Stat(reply, "incr_misses"u8, counters.IncrementMisses);
        Stat(reply, "incr_hits"u8, counters.IncrementHits);
        Stat(reply, "decr_misses"u8, counters.DecrementMisses);
        Stat(reply, "decr_hits"u8, counters.DecrementHits);
        Stat(reply, "cas_misses"u8, counters.CasMisses);
        Stat(reply, "cas_hits"u8, counters.CasHits);
        Stat(reply, "cas_badval"u8, counters.CasBadValue);
        Stat(reply, "touch_hits"u8, counters.TouchHits);
        Stat(reply, "touch_misses"u8, counters.TouchMisses);
        Stat(reply, "store_too_large"u8, counters.StoreTooLarge);
        Stat(reply, "bytes_read"u8, counters.BytesRead);
        Stat(reply, "bytes_written"u8, counters.BytesWritten);
    }

    private static void Stat(ReplyBuffer reply, ReadOnlySpan<byte> name, long value)
    {
        reply.Write("STAT "u8);
        reply.Write(name);
        reply.Write((byte)' ');
        reply.Write(value);
        reply.Write("\r\n"u8);
    }

    private static void Stat(ReplyBuffer reply, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        reply.Write("STAT "u8);
        reply.Write(name);
        reply.Write((byte)' ');
        reply.WriteLine(value);
    }

    private static void ClassStat(ReplyBuffer reply, ReadOnlySpan<byte> prefix, int number, ReadOnlySpan<byte> name, long value)
    {
        reply.Write("STAT "u8);
        reply.Write(prefix);
        reply.Write((long)number);
        reply.Write((byte)':');
        reply.Write(name);
        reply.Write((byte)' ');
        reply.Write(value);
        reply.Write("\r\n"u8);
    }

    private List<(int Number, long Count, long Bytes, uint OldestAccess)> SummarizeClasses()
    {
        var summaries = new (long Count, long Bytes, uint OldestAccess)[SlabClasses.Count + 1];
        for (var item = store.Items.Newest; item is not null; item = item.Older)
        {
            ref var summary = ref summaries[SlabClasses.ClassOf(item.Size)];
            summary.OldestAccess = summary.Count == 0 ? item.LastAccess : Math.Min(summary.OldestAccess, item.LastAccess);
            summary.Count++;
            summary.Bytes += item.Size;
        }

        var used = new List<(int, long, long, uint)>();
        for (var number = 0; number < summaries.Length; number++)
        {
            if (summaries[number] is { Count: > 0 } summary)
            {
                used.Add((number, summary.Count, summary.Bytes, summary.OldestAccess));
            }
        }

        return used;
    }
}
