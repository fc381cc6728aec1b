using System.Text;

namespace TypedCache.Protocol;

/// <summary>Commands to a server as a whole. They are the same in both protocols.</summary>
internal static class ServerCommand
{
    public static void Write(Request request, ref RequestWriter writer)
    {
        writer.Write(request.Verb switch
        {
            Verb.Version => "version"u8,
            Verb.Stats => "stats"u8,
            _ => "flush_all"u8,
        });
        if (request.Argument.Length > 0)
        {
            writer.Write(" "u8);
            writer.Write(Encoding.ASCII.GetBytes(request.Argument));
        }

        writer.EndLine();
        if (EndsWithVersion(request))
        {
            writer.Write("version\r\n"u8);
        }
    }

    /// <summary>
    /// Whether the server is asked for its version in the same request, which marks the end of the answer: statistics groups end as
    /// they like. <c>detail on</c> answers OK, <c>reset</c> RESET, and <c>sizes_enable</c> a STAT line without END (seen on 1.6.18).
    /// </summary>
    public static bool EndsWithVersion(Request request) => request.Verb == Verb.Stats && request.Argument.Length > 0;
}
