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

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask RunAsync(CreationBroker broker, IAuditable plan)
    {
        try
        {
            plan.Telemetry.CountAudit(await plan.AuditAsync(broker).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            if (broker.Auditor.Ended.IsCancellationRequested)
            {
                plan.Telemetry.CountAudit(AuditOutcome.Void);
            }
            else
            {
                plan.Telemetry.CountAudit(AuditOutcome.Error, exception);
            }
        }
        finally
        {
            broker.Auditor.End(plan.Telemetry.Template);
        }
    }
}
