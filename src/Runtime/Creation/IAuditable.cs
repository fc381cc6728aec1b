using TypedCache.Telemetry;

namespace TypedCache.Creation;

/// <summary>What a caller asked for, whatever its type, so that it can be compared with what would be created now.</summary>
internal interface IAuditable
{
    /// <summary>What is told of it.</summary>
    CreationTelemetry Telemetry { get; }

    /// <summary>Compares.</summary>
    /// <param name="broker">The pool's.</param>
    ValueTask<AuditOutcome> AuditAsync(CreationBroker broker);
}
