namespace TypedCache.Integration.Tests.Faults;

/// <summary>One request line as a <see cref="ScriptedServer"/> got it, without its payload.</summary>
internal sealed record ScriptedRequest(string Line)
{
    public string[] Words { get; } = Line.Split(' ');

    /// <summary>The opaque token which the reply has to carry, such as <c>O123</c>.</summary>
    public string Opaque => Words.FirstOrDefault(word => word[0] == 'O') ?? "";
}
