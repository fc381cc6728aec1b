namespace TypedCache.Tool.Values;

/// <summary>A place where the stored bytes are not what the contract says.</summary>
/// <param name="Path">The place, such as <c>Product.Sizes[2].Width</c>.</param>
/// <param name="Reason">What is expected there, and what is there instead.</param>
internal sealed record Misfit(string Path, string Reason);
