namespace TypedCache.Tags;

/// <summary>What the calls of a pool that have tags work with.</summary>
internal sealed class Tagging(TagCommands commands)
{
    public TagCommands Commands => commands;

    public TagJudge Judge { get; } = new(commands);

    public TagStamps Stamps { get; } = new(commands);

    public TaggedReads Reads => field ??= new TaggedReads(Judge);
}
