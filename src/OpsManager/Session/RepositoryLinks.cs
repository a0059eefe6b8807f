using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Sources.Files;

namespace OpsManager.Session;

/// <summary>Tells the door to repositories which links the user allows (docs/security.md, "Files of a repository").</summary>
internal static class RepositoryLinks
{
    /// <param name="named">What <c>--allow-link</c> names.</param>
    public static void Allow(VerbContext context, IReadOnlyList<string> named)
    {
        if (context.Files is not HostFileSystem host)
        {
            return;
        }

        host.Links.Add(named);
        host.Links.AddLater(() => UserSettings.Create(context.Files, context.Environment).Config.AllowLinks);
        host.Links.OwnFolder = StateFolder.Find(context.Files, context.Environment) is { } folder
            ? host.Path.Combine(host.Path.GetFullPath(folder), SpriteCopies.Folder)
            : null;
    }
}
