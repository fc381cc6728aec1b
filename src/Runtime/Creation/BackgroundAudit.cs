using System.Runtime.CompilerServices;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>Audits hits in the background. Nothing of it reaches a caller but through telemetry.</summary>
internal static class BackgroundAudit
{
    /// <summary>Has a hit audited, unless too many are. It does not throw: its caller has a value.</summary>
    public static void Begin(CreationBroker broker, IAuditable plan)
    {
        try
        {
            if (broker.Auditor.TryBegin(plan.Telemetry.Template))
            {
                broker.Start(() => RunAsync(broker, plan));
            }
            else
            {
                plan.Telemetry.CountAudit(AuditOutcome.Skipped);
            }
        }
        catch (Exception)
        {
            // An application's clock fails.
        }
    }

    // Whoever hears the outcome may expect that the next hit is audited: the turn ends first.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask RunAsync(CreationBroker broker, IAuditable plan)
    {
        var (outcome, failure) = await AuditAsync(broker, plan).ConfigureAwait(false);
        broker.Auditor.End(plan.Telemetry.Template);
        plan.Telemetry.CountAudit(outcome, failure);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<(AuditOutcome Outcome, Exception? Failure)> AuditAsync(CreationBroker broker, IAuditable plan)
    {
        try
        {
            return (await plan.AuditAsync(broker).ConfigureAwait(false), null);
        }
        catch (Exception exception)
        {
            return broker.Auditor.Ended.IsCancellationRequested ? (AuditOutcome.Void, null) : (AuditOutcome.Error, exception);
        }
    }
}
