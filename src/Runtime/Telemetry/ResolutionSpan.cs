using System.Diagnostics;

namespace TypedCache.Telemetry;

/// <summary>The span of a get-or-create call that found no value it could use.</summary>
/// <param name="Span">The span, if somebody wants one.</param>
/// <param name="IsOwn">Whether it ends here; else it is that of the whole call.</param>
internal readonly record struct ResolutionSpan(Activity? Span, bool IsOwn)
{
    /// <summary>Links the call to the creation that somebody else had begun.</summary>
    public void LinkTo(ActivityContext creation)
    {
        if (Span is { IsAllDataRequested: true } && creation != default)
        {
            Span.AddLink(new ActivityLink(creation));
        }
    }

    /// <summary>The call gets an exception. To be used as a filter: the exception goes on as it is.</summary>
    /// <returns>False.</returns>
    public bool Fail(Exception exception)
    {
        if (IsOwn)
        {
            Spans.Fail(Span, exception);
        }

        return false;
    }

    /// <summary>The call has its value, or an exception.</summary>
    public void End()
    {
        if (IsOwn)
        {
            Spans.Stop(Span);
        }
    }
}
