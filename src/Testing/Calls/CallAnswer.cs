namespace TypedCache.Testing;

/// <summary>How a server has answered a call.</summary>
public enum CallAnswer
{
    /// <summary>It has carried it out.</summary>
    Done,

    /// <summary>There is a value.</summary>
    Hit,

    /// <summary>There is no value.</summary>
    Miss,

    /// <summary>It has stored nothing: there is a value already, or there is none.</summary>
    NotStored,

    /// <summary>It has changed nothing: the key has changed since it was read.</summary>
    Changed,

    /// <summary>It has changed nothing: there is no value.</summary>
    NotFound,

    /// <summary>It has refused.</summary>
    Refused,

    /// <summary>A scripted fault has kept the answer back, or a part of it, and closed the connection.</summary>
    Lost,
}
