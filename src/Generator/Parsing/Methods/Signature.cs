using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Methods;

/// <summary>What all generated methods have in common: how they are declared.</summary>
internal static class Signature
{
    /// <summary>Whether a method of this signature can be generated; reports what stands in the way.</summary>
    public static bool Check(ClientContext context, IMethodSymbol method)
    {
        var isValid = !method.IsGenericMethod;
        if (!isValid)
        {
            context.Diagnostics.Report(Rules.Generic, context.LocationOf(method), method.Name);
        }

        foreach (var parameter in method.Parameters)
        {
            isValid &= CheckParameter(context, parameter);
        }

        foreach (var second in method.Parameters.Where(parameter => context.Types.IsCancellationToken(parameter.Type)).Skip(1))
        {
            context.Diagnostics.Report(Rules.SecondCancellationToken, context.LocationOf(second), method.Name, second.Name);
            isValid = false;
        }

        return isValid & CheckReturn(context, method);
    }

    /// <summary>The parameters as code.</summary>
    public static EquatableArray<ParameterModel> Parameters(IMethodSymbol method) => new(method.Parameters
        .Select(static parameter => new ParameterModel(TypeText.Code(parameter.Type), TypeText.Identifier(parameter.Name))));

    /// <summary>The interface that the implementation has to name; null where a public method does.</summary>
    public static string? ExplicitInterface(ClientContext context, IMethodSymbol method) =>
        method.DeclaredAccessibility != Accessibility.Public
        || ClientNames.IsOfObject(method.Name)
        || !SymbolEqualityComparer.Default.Equals(method.ContainingType, context.Client)
            ? TypeText.Code(method.ContainingType)
            : null;

    /// <summary>Where the return type is written.</summary>
    public static Location ReturnLocation(ClientContext context, IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax syntax
            ? syntax.ReturnType.GetLocation()
            : context.ClientLocation;

    private static bool CheckReturn(ClientContext context, IMethodSymbol method)
    {
        if (!method.ReturnsByRef && !method.ReturnsByRefReadonly)
        {
            return context.CheckUsable(method.ReturnType, ReturnLocation(context, method));
        }

        context.Diagnostics.Report(Rules.ReturnTypeNotSupported, ReturnLocation(context, method), method.Name, $"ref {TypeText.Message(method.ReturnType)}",
            "a cache operation", "by value");
        return false;
    }

    private static bool IsPointer(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsPointer(array.ElementType),
        _ => type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer,
    };

    private static bool CheckParameter(ClientContext context, IParameterSymbol parameter)
    {
        var (obstacle, fix) = parameter switch
        {
            { RefKind: not RefKind.None } => ("passed by reference", "pass it by value"),
            { Type.IsRefLikeType: true } => ($"a {TypeText.Message(parameter.Type)}", "pass an array or ReadOnlyMemory<T>"),
            _ when IsPointer(parameter.Type) => ("a pointer", "pass a value"),
            _ => (null, null),
        };
        if (obstacle is not null)
        {
            context.Diagnostics.Report(Rules.ParameterNotByValue, context.LocationOf(parameter), parameter.Name, obstacle, fix!);
            return false;
        }

        return context.CheckUsable(parameter.Type, context.LocationOf(parameter));
    }
}
