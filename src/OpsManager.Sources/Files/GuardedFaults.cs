using OpsManager.Contract;

namespace OpsManager.Sources.Files;

/// <summary>What the door says where it refuses.</summary>
internal static class GuardedFaults
{
    public const string OtherNames = "it has more than one hard link, so it may belong to another place; put a copy of it in its place";

    public static string Link(string path) => path == ArtifactPaths.Root
        ? $"{path} is a symbolic link, which is not followed; --allow-link REPOSITORY allows it"
        : $"{path} is a symbolic link, which is not followed; put what it leads to in its place";

    /// <summary>A file that is to be written has to be an ordinary one with one name.</summary>
    public static PathRefusedException NotOurs(string full, string why) => new($"{full} is not written: {why}");
}
