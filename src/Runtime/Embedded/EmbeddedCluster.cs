using System.Globalization;
using System.Text;

namespace TypedCache.Embedded;

/// <summary>
/// The nodes of the cluster that a server belongs to, as ElastiCache and Memorystore tell them: <c>config get cluster</c>, and
/// <c>get AmazonElastiCache:cluster</c> as engines before 1.4.14 do. Without nodes both commands are what they are in memcached.
/// </summary>
internal sealed class EmbeddedCluster
{
    private volatile byte[]? _list;

    /// <summary>Sets the nodes; null: there is no cluster.</summary>
    /// <param name="version">The number of the list.</param>
    /// <param name="nodes">The nodes.</param>
    public void Set(long version, IReadOnlyList<EmbeddedNode>? nodes)
    {
        if (nodes is null)
        {
            _list = null;
            return;
        }

        var list = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{version}\n");
        for (var i = 0; i < nodes.Count; i++)
        {
            var (host, port, address) = nodes[i];
            list.Append(i == 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{host}|{address}|{port}");
        }

        _list = Encoding.UTF8.GetBytes(list.Append('\n').ToString());
    }

    /// <summary>Answers a command, or returns false if it is not one of these.</summary>
    public bool TryExecute(in CommandLine line, ReplyBuffer reply)
    {
        if (_list is not { } list)
        {
            return false;
        }

        if (line.Count == 3 && line[0].SequenceEqual("config"u8) && line[1].SequenceEqual("get"u8) && line[2].SequenceEqual("cluster"u8))
        {
            Write("CONFIG cluster 0 "u8, list, reply);
            return true;
        }

        if (line.Count == 2 && line[0].SequenceEqual("get"u8) && line[1].SequenceEqual("AmazonElastiCache:cluster"u8))
        {
            Write("VALUE AmazonElastiCache:cluster 0 "u8, list, reply);
            return true;
        }

        return false;
    }

    private static void Write(ReadOnlySpan<byte> head, byte[] list, ReplyBuffer reply)
    {
        reply.Write(head);
        reply.Write((long)list.Length);
        reply.WriteLine(""u8);
        reply.Write(list);
        reply.WriteLine("\r\nEND"u8);
    }
}
