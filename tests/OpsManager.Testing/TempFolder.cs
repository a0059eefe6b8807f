using Xunit;

namespace OpsManager.Testing;

/// <summary>Folders that tests make.</summary>
public static class TempFolder
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Deletes a folder in which something that is ending may write its last file still.</summary>
    public static void Delete(string folder) =>
        Assert.True(Eventually.Is(() => TryDelete(folder), Patience), $"{folder} is written to still");

    private static bool TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(folder);
        }
    }
}
