namespace TypedCache.Tool.Servers;

/// <summary>A server could not be asked, or has refused. The message names the server, the reason, and the way out where there is one.</summary>
/// <param name="message">What is said.</param>
/// <param name="innerException">The cause.</param>
internal sealed class ServerException(string message, Exception? innerException = null) : Exception(message, innerException);
