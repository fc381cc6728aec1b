namespace TypedCache.Generator.Tests.Incremental;

/// <summary>Whatever is kept from one edit to the next must never be seen: a driver that is kept gives what a new one gives.</summary>
public sealed class DifferentialTests
{
    private const int Edits = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void A_driver_that_is_kept_gives_what_a_new_one_gives(int seed)
    {
        var project = new EditedProject(VariedSources.Files);
        var session = new EditorSession(project);
        var edits = new RandomEdits(project, seed);
        session.Run();
        Assert.Contains("IShopCache.g.cs", session.Output, StringComparison.Ordinal);
        Assert.Contains("TC0108", session.Output, StringComparison.Ordinal);
        var changes = 0;
        for (var i = 0; i < Edits; i++)
        {
            var (edit, before) = (edits.Next(), session.Output);
            try
            {
                session.Run();
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed}, edit {i}, {edit}: {failure.Message}", failure);
            }

            changes += session.Output == before ? 0 : 1;
        }

        // What is compared is neither always the same nor always something else.
        Assert.InRange(changes, Edits / 8, Edits * 7 / 8);
    }
}
