using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Control.Rollout;

/// <summary>
/// The incident notes of a loop on disk: each written once, only ever added to. What is no plain file under the loop's own name
/// is none.
/// </summary>
internal sealed class IncidentFile(IFileSystem files, string repo, string loop)
{
    private readonly GuardedFiles disk = GuardedFiles.Open(files, repo);

    /// <summary>Notes that are kept of one loop; of more, the oldest go, but never the note of an open rollback.</summary>
    public const int MaxNotes = 200;

    private const string Extension = ".md";

    private const string StampFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>A name that no note has yet.</summary>
    public string NewId(DateTimeOffset at, string cause)
    {
        var name = $"{at.ToUniversalTime().ToString(StampFormat, CultureInfo.InvariantCulture)}-{cause}";
        var id = name;
        for (var number = 2; disk.Probe(ArtifactPaths.Incident(loop, id)).Condition != ArtifactCondition.Missing; number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return id;
    }

    /// <summary>Whether the note is there, as a plain file.</summary>
    public bool IsThere(string id) => disk.Probe(ArtifactPaths.Incidents(loop)) == FileProbe.Directory
        && disk.Probe(ArtifactPaths.Incident(loop, id)).Condition == ArtifactCondition.Present;

    /// <summary>When and why, as the name of a note says it; null where it is no such name.</summary>
    public static (DateTimeOffset At, string Cause)? Parse(string id) =>
        id.IndexOf('-', StringComparison.Ordinal) is var dash and > 0
        && DateTimeOffset.TryParseExact(id[..dash], StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && id[(dash + 1)..] is { Length: > 0 } cause
        && cause.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
            ? (at, cause)
            : null;

    public string PathOf(string id) => disk.Full(ArtifactPaths.Incident(loop, id));

    /// <summary>Writes the note, unless it is there.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Write(Incident incident)
    {
        if (!IsThere(incident.Id))
        {
            disk.Replace(ArtifactPaths.Incident(loop, incident.Id), IncidentText.Create(incident, disk));
            RemoveOldest();
        }
    }

    /// <summary>
    /// Without a lock: of two managers that do it at once each removes notes that are too many for both, and the note of a rollback
    /// that begins meanwhile is among the newest.
    /// </summary>
    internal void RemoveOldest()
    {
        var rollout = new RolloutFile(files, repo, loop).Read();
        if (rollout.Fault is not null)
        {
            // Nobody knows which rollback is open.
            return;
        }

        var open = rollout.Value?.Rollback?.Incident;
        foreach (var id in disk.Files(ArtifactPaths.Incidents(loop))
            .Where(static file => file.Name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static file => file.Name[..^Extension.Length])
            .Where(static id => Parse(id) is not null)
            .OrderDescending(StringComparer.Ordinal)
            .Skip(MaxNotes)
            .Where(id => id != open))
        {
            disk.Delete(ArtifactPaths.Incident(loop, id));
        }
    }

    /// <summary>Adds that an operator has re-armed the loop.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Add(RearmRecord rearm)
    {
        if (rearm.Incident is not { } id || Parse(id) is null)
        {
            return;
        }

        if (disk.Probe(ArtifactPaths.Incident(loop, id)) is { Condition: ArtifactCondition.Unreadable, Fault: var fault })
        {
            throw new IOException($"{PathOf(id)}: {fault}");
        }

        disk.AppendLine(ArtifactPaths.Incident(loop, id), IncidentText.Rearmed(rearm), durable: true);
    }
}
