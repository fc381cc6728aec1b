using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TypedCache.Telemetry;

/// <summary>What is told of creations under one template.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Template">What the keys are; null where nobody says.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CreationTelemetry(PoolTelemetry Pool, KeyTemplate? Template)
{
    /// <summary>A create function begins to run. Its span is the current one until the async method ends that calls this.</summary>
    /// <param name="trigger">Why.</param>
    /// <param name="keys">How many keys it runs for.</param>
    public CreationRecord BeginCreate(CreationTrigger trigger, int keys = 1) => new(this, trigger, keys);

    /// <summary>A wait for another process begins.</summary>
    public LeaseWaitRecord BeginWait() => new(this);

    /// <summary>
    /// The caller's call takes longer than a read. Its span, or one that begins here if it has none, is the current one until the async
    /// method ends that calls this.
    /// </summary>
    /// <param name="kind">The call.</param>
    /// <param name="own">The span that it has.</param>
    public ResolutionSpan BeginResolution(CallKind kind, Activity? own)
    {
        if (own is not null)
        {
            Spans.Return(own);
            return new ResolutionSpan(own, IsOwn: false);
        }

        if (!Spans.Creation.HasListeners())
        {
            return default;
        }

        var name = CallName.Of(kind, Template);
        return new ResolutionSpan(Spans.Start(Spans.Creation, name.Summary, ActivityKind.Client, name.SpanTags), IsOwn: true);
    }

    /// <summary>A create function has run for a value, and this became of it.</summary>
    public void Count(CreationTrigger trigger, CreationOutcome outcome)
    {
        if (Instruments.Creations.IsEnabled)
        {
            var tags = CommonTags.Of(Template);
            tags.Add(TypedCacheTelemetry.Attributes.Trigger, CreationWords.Of(trigger));
            tags.Add(TypedCacheTelemetry.Attributes.Outcome, CreationWords.Of(outcome));
            Instruments.Creations.Add(1, tags);
        }

        if (outcome == CreationOutcome.Superseded)
        {
            var template = Template;
            Pool.LogCreation(log => LogMessages.Superseded(log, PoolTelemetry.Shown(template)));
        }
    }

    /// <summary>The create function begins to run for an audit. Its span, if anybody wants one, is the current one until the async method ends that calls this.</summary>
    public Activity? BeginAudit() => Spans.Creation.HasListeners()
        ? Spans.Start(Spans.Creation, Template is null ? "audit" : $"audit {Template.Text}", ActivityKind.Internal, CommonTags.Of(Template))
        : null;

    /// <summary>This came of a hit that was to be audited.</summary>
    /// <param name="outcome">What.</param>
    /// <param name="exception">What was thrown, if that was an error.</param>
    public void CountAudit(AuditOutcome outcome, Exception? exception = null)
    {
        if (Instruments.Audits.IsEnabled)
        {
            var tags = CommonTags.Of(Template);
            tags.Add(TypedCacheTelemetry.Attributes.Outcome, AuditWords.Of(outcome));
            if (exception is not null)
            {
                tags.Add(TypedCacheTelemetry.Attributes.ErrorType, CommonTags.ErrorType(exception));
            }

            Instruments.Audits.Add(1, tags);
        }
    }

    /// <summary>A stored value is not what its create function gives.</summary>
    /// <param name="age">For how long it has been stored; null: nobody can say.</param>
    public void Differs(TimeSpan? age)
    {
        if (age is { } known)
        {
            Instruments.AuditMismatchAge.Record(known.TotalSeconds, CommonTags.Of(Template));
        }

        Pool.Differs(Template, age);
    }

    /// <summary>The value is too large to be stored.</summary>
    public void IsTooLarge(long length) => Pool.IsTooLarge(Template, length);
}
