public class Vertex { public float X; public float Y; public readonly int Kind; public static int Count; public const int Max = 3; public event EventHandler? Changed; public int this[int index] => index; public void Raise() => Changed?.Invoke(this, EventArgs.Empty); }
public sealed class Mesh { public Vertex[]? Vertices; public Vertex?[][] Rows = []; internal int Hidden; public (Vertex A, Vertex B)[] Edges = []; }

[CacheClient("meshes")]
public partial interface IMeshes
{
    [CacheKey("mesh:{id}")] ValueTask<Mesh?> GetMeshAsync(int id, CancellationToken ct = default);
}
