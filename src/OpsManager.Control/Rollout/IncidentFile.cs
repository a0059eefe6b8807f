using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Contract.Manager;
using OpsManager.Control.Storage;
using OpsManager.Sources.Files;
using OpsManager.Sources.Storage;

namespace OpsManager.Control.Rollout;

/// <summary>The incident note of a rollback on disk: written once, only ever added to.</summary>
public sealed class IncidentFile(IFileSystem files, ManagerFiles kept)
{
    private const string StampFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>A name that no note has yet.</summary>
    public static string NewId(IFileSystem files, ManagerFiles kept, DateTimeOffset at, string cause)
    {
        var name = $"{at.ToUniversalTime().ToString(StampFormat, CultureInfo.InvariantCulture)}-{cause}";
        var id = name;
        for (var number = 2; files.File.Exists(PathOf(files, kept, id)); number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return id;
    }

    /// <summary>When and why, as the name of a note says it; null where it is no such name.</summary>
    public static (DateTimeOffset At, string Cause)? Parse(string id) =>
        id.IndexOf('-', StringComparison.Ordinal) is var dash and > 0
        && DateTimeOffset.TryParseExact(id[..dash], StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && id[(dash + 1)..] is { Length: > 0 } cause && cause.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
            ? (at, cause)
            : null;

    public static string PathOf(IFileSystem files, ManagerFiles kept, string id) => files.Path.Combine(kept.Incidents, $"{id}.md");

    /// <summary>Writes the note, unless it is there.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Write(Incident incident)
    {
        var path = PathOf(files, kept, incident.Id);
        if (!files.File.Exists(path))
        {
            new AtomicFile(files).Replace(path, IncidentText.Of(incident, DiskFiles.Open(files, incident.Repo.Path)));
        }
    }

    /// <summary>Adds that an operator has armed the loop again.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Add(RearmRecord rearm)
    {
        if (rearm.Incident is { } id && Parse(id) is not null)
        {
            new AtomicFile(files).AppendLine(PathOf(files, kept, id), IncidentText.Rearmed(rearm), durable: true);
        }
    }
}
