using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>Makes what is beside a snapshot for a manager on another host (docs/contract.md, "Service").</summary>
public static class LoopExtras
{
    public static SnapshotExtras From(LoopReading reading) => new(
        Assessor.Record(reading.Repo, reading.Loop, reading.Loop.Verdict),
        reading.Repo.ProcessesObservable,
        reading.Loop.Claim is { } claim ? Process(claim) : null,
        [.. ServiceFiles.Names.Select(name => Entry(reading.Files, reading.Loop.Id, name)).OfType<FileEntryRecord>()])
    {
        Search = reading.Loop.Found is { } found ? Search(found.Last) : null,
    };

    /// <summary>Where a file of <see cref="ServiceFiles.Names"/> is, relative to the repository.</summary>
    public static string PathOf(string loop, string name) => $"{ArtifactPaths.Loop(loop)}/{name}";

    private static ProcessRecord Process(Claim claim) =>
        new(claim.Pid, Word(claim.Fate?.Fate), SourceEvidence.Process(claim).Fact, claim.Started)
        {
            State = claim.State == ProcessState.Running ? null : claim.State,
            IsElsewhere = claim.Fate is { IsElsewhere: true } ? true : null,
        };

    private static RunSearchRecord Search(RunSearch search) => new(Word(search.Fate), search.Fact)
    {
        Pid = search.Pid,
        Started = search.Started,
        StartedAt = search.StartedAt,
        State = search.State == ProcessState.Running ? null : search.State,
    };

    private static ProcessFateWord Word(ProcessFate? fate) => fate switch
    {
        ProcessFate.Alive => ProcessFateWord.Alive,
        ProcessFate.Gone => ProcessFateWord.Gone,
        ProcessFate.Unreadable => ProcessFateWord.Unreadable,
        ProcessFate.NotOurs => ProcessFateWord.NotOurs,
        _ => ProcessFateWord.NotObservable,
    };

    private static FileEntryRecord? Entry(IRepoFiles files, string loop, string name)
    {
        var probe = files.Probe(PathOf(loop, name));
        return probe.Condition == ArtifactCondition.Present
            ? new FileEntryRecord(name, probe.Stamp.Size, probe.Stamp.ModifiedAt.ToUnixTimeSeconds())
            : null;
    }
}
