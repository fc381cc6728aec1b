using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TypedCache.Tool.Contracts;

/// <summary>Reads the contract that a built assembly carries. The assembly is neither loaded nor run.</summary>
internal static class AssemblyContract
{
    private const string Namespace = "TypedCache";
    private const string Name = "CacheContractAttribute";

    /// <summary>The JSON of the contract.</summary>
    /// <exception cref="ArgumentException">The file is no assembly, or has no contract.</exception>
    public static string Read(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata)
            {
                throw new ArgumentException($"{path} is no .NET assembly. Of an application, name the .dll.");
            }

            return Find(file.GetMetadataReader())
                ?? throw new ArgumentException($"{path} has no contract: it has no [CacheClient], or was built with a TypedCache that writes none.");
        }
        catch (BadImageFormatException damaged)
        {
            throw new ArgumentException($"{path} is no .NET assembly: {damaged.Message}", damaged);
        }
    }

    private static string? Find(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (IsContract(metadata, attribute.Constructor))
            {
                return TextArgument(metadata.GetBlobReader(attribute.Value));
            }
        }

        return null;
    }

    private static bool IsContract(MetadataReader metadata, EntityHandle constructor)
    {
        EntityHandle type = constructor.Kind switch
        {
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default,
        };
        var (space, name) = type.IsNil ? default : type.Kind switch
        {
            HandleKind.TypeReference => NameOf(metadata.GetTypeReference((TypeReferenceHandle)type)),
            HandleKind.TypeDefinition => NameOf(metadata.GetTypeDefinition((TypeDefinitionHandle)type)),
            _ => default,
        };
        return !name.IsNil && metadata.StringComparer.Equals(space, Namespace) && metadata.StringComparer.Equals(name, Name);
    }

    private static (StringHandle Space, StringHandle Name) NameOf(TypeReference type) => (type.Namespace, type.Name);

    private static (StringHandle Space, StringHandle Name) NameOf(TypeDefinition type) => (type.Namespace, type.Name);

    // A mark of two bytes, then the constructor's arguments (ECMA-335, II.23.3).
    private static string? TextArgument(BlobReader value)
    {
        const ushort Prolog = 1;
        return value.ReadUInt16() == Prolog ? value.ReadSerializedString() : null;
    }
}
