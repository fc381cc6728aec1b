public sealed class Node { public int Value { get; set; } public Node? Next { get; set; } public List<Node> Children { get; set; } = []; }
public sealed record Tree<T>(T Value, Tree<T>? Left, Tree<T>? Right);

[CacheClient("graph")]
public partial interface IGraph
{
    [CacheKey("node:{id}")] ValueTask<Node?> GetNodeAsync(int id, CancellationToken ct = default);
    [CacheKey("tree:{id}")] ValueTask<Tree<string>?> GetTreeAsync(int id, CancellationToken ct = default);
    [CacheKey("numbers:{id}")] ValueTask<Tree<int>?> GetNumbersAsync(int id, CancellationToken ct = default);
}
