namespace TypedCache.Embedded;

/// <summary>Answers the line of a command.</summary>
internal delegate void LineAnswer(ReadOnlySpan<byte> line, ReplyBuffer reply);
