namespace TypedCache.Creation;

/// <summary>
/// Says which hits are audited, and by what. Only options that ask for audits make one: what audits is not in other native programs.
/// </summary>
/// <param name="share">The share of the hits, from 0 to 1.</param>
/// <param name="begin">Audits a hit in the background. It does not throw.</param>
internal sealed class AuditSampling(double share, Action<CreationBroker, IAuditable> begin)
{
    /// <summary>Whether a hit is one of those.</summary>
    public bool IsDue() => Random.Shared.NextDouble() < share;

    /// <summary>Audits a hit.</summary>
    /// <param name="broker">The pool's.</param>
    /// <param name="plan">How the value would be made.</param>
    public void Begin(CreationBroker broker, IAuditable plan) => begin(broker, plan);
}
