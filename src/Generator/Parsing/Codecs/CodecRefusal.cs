using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Why a type has no codec.</summary>
/// <param name="Reason">What about that member stands in the way, for people.</param>
internal sealed record CodecRefusal(string Reason, CodecRefusalKind Kind = CodecRefusalKind.Other)
{
    /// <summary>The rule that a reason of this kind breaks.</summary>
    public static DiagnosticDescriptor Rule(CodecRefusalKind kind) => kind switch
    {
        CodecRefusalKind.SharedKey => Rules.KeySharedByMembers,
        CodecRefusalKind.NoConstructor => Rules.NoConstructor,
        _ => Rules.NoCodec,
    };
}

/// <summary>The kinds of reasons that have rules of their own.</summary>
internal enum CodecRefusalKind
{
    Other,

    /// <summary>Two members share a key.</summary>
    SharedKey,

    /// <summary>No constructor takes the stored members.</summary>
    NoConstructor,
}
