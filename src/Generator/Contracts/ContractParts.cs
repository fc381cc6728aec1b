namespace TypedCache.Generator.Contracts;

/// <summary>The types inside others.</summary>
internal static class ContractParts
{
    public static IEnumerable<ContractType> Of(ContractType type) => type switch
    {
        ContractType.List list => [list.Element],
        ContractType.Map map => [map.Key, map.Value],
        ContractType.Tuple tuple => tuple.Items,
        ContractType.Grid grid => [grid.Element],
        ContractType.Wrapped wrapped => [wrapped.Inside],
        _ => [],
    };

    public static IEnumerable<ContractType> Of(ContractShape shape) => shape switch
    {
        ContractShape.Object item => item.Members.Select(static member => member.Type),
        ContractShape.Union item => item.Cases.Select(static one => one.Type),
        _ => [],
    };
}
