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
    }
}
