using System.Text;

namespace TypedCache.Embedded;

/// <summary>The commands about the server as a whole: version, stats, flush_all and so on.</summary>
internal sealed class ServerCommands(EmbeddedStore store, EmbeddedStats stats, string version)
{
    private const long MegaByte = 1024 * 1024;

    private readonly byte[] _versionLine = Encoding.ASCII.GetBytes($"VERSION {version}\r\n");

    /// <summary>Answers a command, or returns false if it is not one of these.</summary>
    public bool TryExecute(in CommandLine line, ReplyBuffer reply)
    {
        switch (line[0])
        {
            case var name when name.SequenceEqual("version"u8):
                reply.Write(_versionLine);
                return true;
            case var name when name.SequenceEqual("stats"u8):
                Stats(line, reply);
                return true;
            case var name when name.SequenceEqual("flush_all"u8):
                FlushAll(line, reply);
                return true;
            case var name when name.SequenceEqual("verbosity"u8):
                Verbosity(line, reply);
                return true;
            case var name when name.SequenceEqual("cache_memlimit"u8):
                MemoryLimit(line, reply);
                return true;
            case var name when name.SequenceEqual("shutdown"u8):
                reply.WriteLine("ERROR: shutdown not enabled"u8);
                return true;
            default:
                return false;
        }
    }

    private static void Answer(in CommandLine line, ReplyBuffer reply, ReadOnlySpan<byte> text)
    {
        if (!line.NoReply)
        {
            reply.WriteLine(text);
        }
    }

    private static void Verbosity(in CommandLine line, ReplyBuffer reply)
    {
        if (line.Count is not (2 or 3))
        {
            reply.WriteLine("ERROR"u8);
            return;
        }

        Answer(line, reply, AsciiNumber.TryParse(line[1], out uint _) ? "OK"u8 : "CLIENT_ERROR bad command line format"u8);
    }

    private void Stats(in CommandLine line, ReplyBuffer reply)
    {
        if (line.Count == 1)
        {
            stats.WriteGeneral(reply);
        }
        else if (line[1].SequenceEqual("reset"u8))
        {
            store.ResetCounters();
            reply.WriteLine("RESET"u8);
        }
        else if (line[1].SequenceEqual("settings"u8))
        {
            stats.WriteSettings(reply);
        }
        else if (line[1].SequenceEqual("items"u8))
        {
            stats.WriteItems(reply);
        }
        else if (line[1].SequenceEqual("slabs"u8))
        {
            stats.WriteSlabs(reply);
        }
        else if (line[1].SequenceEqual("sizes"u8))
        {
            reply.WriteLine("STAT sizes_status disabled\r\nEND"u8);
        }
        else if (line[1].SequenceEqual("cachedump"u8))
        {
            CacheDump(line, reply);
        }
        else
        {
            reply.WriteLine("ERROR"u8);
        }
    }

    private void CacheDump(in CommandLine line, ReplyBuffer reply)
    {
        if (line.Count < 4)
        {
            reply.WriteLine("CLIENT_ERROR bad command line"u8);
        }
        else if (!AsciiNumber.TryParse(line[2], out uint slabClass) || !AsciiNumber.TryParse(line[3], out uint limit))
        {
            reply.WriteLine("CLIENT_ERROR bad command line format"u8);
        }
        else if (slabClass > SlabClasses.HighestNumber)
        {
            reply.WriteLine("CLIENT_ERROR Illegal slab id"u8);
        }
        else
        {
            stats.WriteKeys((int)slabClass, limit, reply);
        }
    }

    private void FlushAll(in CommandLine line, ReplyBuffer reply)
    {
        if (line.Count > 3)
        {
            reply.WriteLine("ERROR"u8);
            return;
        }

        store.Counters.FlushCommands++;
        var delay = 0;
        if (line.Count != (line.NoReply ? 2 : 1) && !AsciiNumber.TryParse(line[1], out delay))
        {
            Answer(line, reply, "CLIENT_ERROR invalid exptime argument"u8);
            return;
        }

        store.Flush(delay);
        Answer(line, reply, "OK"u8);
    }

    private void MemoryLimit(in CommandLine line, ReplyBuffer reply)
    {
        if (line.Count is not (2 or 3))
        {
            reply.WriteLine("ERROR"u8);
            return;
        }

        var good = AsciiNumber.TryParse(line[1], out uint megaBytes);
        if (good && megaBytes is >= 8 and <= 1_000_000_000)
        {
            store.SetMemoryLimit(megaBytes * MegaByte);
        }

        Answer(line, reply, !good ? "ERROR"u8 : megaBytes switch
        {
            < 8 => "MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m"u8,
            > 1_000_000_000 => "MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes"u8,
            _ => "OK"u8,
        });
    }
}
