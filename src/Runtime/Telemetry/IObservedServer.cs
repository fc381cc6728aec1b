namespace TypedCache.Telemetry;

/// <summary>A server as instruments see it that are read when somebody wants to know.</summary>
internal interface IObservedServer
{
    /// <summary>Its name in telemetry.</summary>
    ServerTelemetry Telemetry { get; }

    /// <summary>Whether it has not failed.</summary>
    bool IsUp { get; }

    /// <summary>How many connections are open.</summary>
    int OpenConnections { get; }

    /// <summary>How many requests wait for a connection.</summary>
    int WaitingRequests { get; }

    /// <summary>Of how many keys it has missed a delete or a newer value.</summary>
    int MissedDeletes { get; }

    /// <summary>How many requests have been sent, or are about to be, and not answered.</summary>
    int RequestsInFlight { get; }
}
