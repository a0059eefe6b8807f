namespace OpsManager.Tui.Watch;

/// <summary>How a repository is named on screen where it has no other name: as its directory.</summary>
public static class RepoName
{
    public static string Of(string path) => path[(path.LastIndexOf('/') + 1)..];
}
