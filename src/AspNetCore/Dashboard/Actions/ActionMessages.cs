namespace TypedCache.AspNetCore.Dashboard;

/// <summary>What the page sends when a button is pressed.</summary>
/// <param name="Pool">The name of the pool; null: the first.</param>
/// <param name="Server">The name of the server, for what each server has.</param>
/// <param name="Choice">What was chosen.</param>
internal sealed record ActionRequest(string? Pool, string? Server, string? Choice);

/// <summary>What the page gets then.</summary>
/// <param name="Message">What to say.</param>
/// <param name="IsError">Whether it went wrong.</param>
internal sealed record ActionReply(string Message, bool IsError = false);
