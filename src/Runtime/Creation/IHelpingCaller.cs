namespace TypedCache.Creation;

/// <summary>A caller who waits for a creation, and if it blocks its thread may do what it waits for itself.</summary>
internal interface IHelpingCaller
{
    /// <summary>Offers the caller the work that it waits for.</summary>
    void Offer(CreationWork work);
}
