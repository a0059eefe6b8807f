using System.IO.Abstractions;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>
/// Adds that a decision which was called confirmed was overruled since, and nothing else: for whoever watches or reads without
/// acting. Once, whichever manager notices it first (docs/control.md, "Overruled later").
/// </summary>
public sealed class OverruledRecorder(IFileSystem files, TimeProvider time) : IModelRecorder
{
    /// <summary>What was added and may not have been read back yet.</summary>
    private readonly HashSet<(string Repo, string Loop, string Key)> told = [];

    public void Record(RepoModel repo, LoopModel loop)
    {
        if (!loop.Cases.HasUnrecorded)
        {
            return;
        }

        foreach (var known in loop.Cases.All.Where(known => known.IsUnrecorded && !told.Contains((repo.Path, loop.Id, known.Key))))
        {
            if (Overruling(repo, loop, repo.Path, loop.Cases.FindRecorded(known.Key)!) is { } other
                && new CaseAppender(files, time, repo.Path, loop.Id).TryAdd(loop.Cases.FindRecorded(known.Key)!, other))
            {
                told.Add((repo.Path, loop.Id, known.Key));
            }
        }
    }

    /// <summary>Whether the record holds a decision that may be overruled yet.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool HasOpen(string repo, string loop) => new CaseAppender(files, time, repo, loop).Cases().Any(IsOpen);

    /// <summary>The same for a loop that was read once, whose record is in <paramref name="place"/>.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public async Task RecordAsync(RepoModel repo, LoopModel loop, string place, CancellationToken cancel)
    {
        var appender = new CaseAppender(files, time, place, loop.Id);
        foreach (var known in appender.Cases())
        {
            if (IsOpen(known) && Overruling(repo, loop, place, known) is { } other)
            {
                await appender.AddAsync(known, other, cancel).ConfigureAwait(false);
            }
        }
    }

    private static bool IsOpen(ControlCase known) => known is { Outcome: OutcomeWords.Observed, MayChange: true };

    private static Outcome.Contradicted? Overruling(RepoModel repo, LoopModel loop, string place, ControlCase known) =>
        ControlAttempt.From(place, loop.Id, known) is { } attempt ? Verifier.Overruling(attempt, repo, loop) : null;
}
