using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>docs/architecture.md, "Rooms": a type is public where another room uses it, and internal elsewhere.</summary>
public sealed class PublicTypeTests
{
    /// <summary>
    /// Types that no other room names, but that stand in the signature of one that is used there. The number may only shrink.
    /// </summary>
    private const int MaxInSignatures = 19;

    [Fact]
    public void A_type_that_no_other_room_uses_is_internal()
    {
        var used = FolderCircleTests.Assemblies.Values.SelectMany(TypesUsedBy).ToHashSet(StringComparer.Ordinal);
        var unused = FolderCircleTests.Assemblies.Values
            .SelectMany(static assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsNested && !used.Contains(type.FullName!) && !HoldsConstants(type) && !IsGenerated(type))
            .Select(static type => type.FullName!)
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.True(unused.Length <= MaxInSignatures, $"{unused.Length} types:\n{string.Join('\n', unused)}");
    }

    /// <summary>A constant is copied into the code that uses it, so that nothing tells who does.</summary>
    private static bool HoldsConstants(Type type) =>
        type is { IsAbstract: true, IsSealed: true }
            && type.GetFields(BindingFlags.Public | BindingFlags.Static).Any(static one => one.IsLiteral);

    private static bool IsGenerated(Type type) => type.Namespace?.StartsWith("OpsManager", StringComparison.Ordinal) != true;

    private static IEnumerable<string> TypesUsedBy(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }
}
