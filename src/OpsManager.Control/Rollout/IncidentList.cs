using System.IO.Abstractions;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Service;
using OpsManager.Sources.Files;

namespace OpsManager.Control.Rollout;

/// <summary>Finds the incident notes of a repository. Names that are none are passed over.</summary>
public sealed class IncidentList(IFileSystem files, string repo)
{
    /// <summary>Most notes that are listed of one loop; of more, the newest.</summary>
    private const int MaxPerLoop = 1000;

    /// <summary>Longest note that is read, in bytes.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    private const string Extension = ".md";

    private readonly GuardedFiles disk = GuardedFiles.Open(files, repo);

    /// <summary>The notes of one loop, or of all where <paramref name="loop"/> is null; the newest first.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public IReadOnlyList<IncidentEntry> All(string? loop) => [.. Loops(loop)
        .SelectMany(For)
        .OrderByDescending(static entry => entry.At)
        .ThenByDescending(static entry => entry.Id, StringComparer.Ordinal)];

    /// <summary>The note's text.</summary>
    /// <exception cref="ContractException">There is no such note, or it is in several loops.</exception>
    public string Read(string id, string? loop)
    {
        var found = IncidentFile.Parse(id) is null
            ? []
            : Loops(loop).Where(one => new IncidentFile(files, repo, one).IsThere(id)).ToArray();
        return found switch
        {
            [var only] => Encoding.UTF8.GetString(disk.Read(ArtifactPaths.Incident(only, id), MaxBytes) ?? []),
            [] => throw new ContractException(
                ServiceCodes.NotFound, $"there is no incident {id} in {repo}; \"ops-manager incidents --repo {repo}\" lists them"),
            _ => throw new ContractException(
                ServiceCodes.InvalidRequest, $"incident {id} belongs to several loops: {string.Join(", ", found)}; name one with --loop"),
        };
    }

    private IEnumerable<string> Loops(string? loop)
    {
        if (loop is not null)
        {
            return [ArtifactPaths.CheckedLoopId(loop)];
        }

        return disk.Directories(ArtifactPaths.ManagerRoot).Where(ArtifactPaths.IsLoopId);
    }

    private IEnumerable<IncidentEntry> For(string loop)
    {
        var notes = new IncidentFile(files, repo, loop);
        var open = new RolloutFile(files, repo, loop).Read().Value?.Rollback;
        foreach (var id in disk.Files(ArtifactPaths.Incidents(loop))
            .Select(static file => file.Name)
            .Where(static name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static name => name[..^Extension.Length]).OrderDescending(StringComparer.Ordinal).Take(MaxPerLoop))
        {
            if (IncidentFile.Parse(id) is { } named && notes.IsThere(id))
            {
                yield return new(
                    id, repo, loop, named.At, named.Cause, open?.Incident == id, Why(ArtifactPaths.Incident(loop, id)),
                    ArtifactPaths.Incident(loop, id));
            }
        }
    }

    /// <summary>The first sentence of a note: what is behind its title, up to an empty line.</summary>
    private string? Why(string path)
    {
        var start = new byte[1024];
        var text = Encoding.UTF8.GetString(start.AsSpan(0, disk.ReadAt(path, 0, start)));
        return text.Split("\n\n") is [_, { Length: > 0 } why, ..] ? why.Replace('\n', ' ') : null;
    }
}
