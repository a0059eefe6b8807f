using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Sources.Replay;

/// <summary>Reads every loop of a recording as it was at one moment. Does the work of <c>verify --at</c>.</summary>
/// <param name="snapshotOnly">As with the event stream switched off.</param>
public sealed class MomentReader(ReplayOptions options, bool snapshotOnly = false)
{
    /// <summary>Looks that are read in one go.</summary>
    private const int Slice = 1024;

    public MomentReport Read(Tape tape, ReplayTime moment)
    {
        var at = moment.In(tape.RecordedAt, tape.Length);
        var recording = new Recording(tape, tape.Name, options);
        // Behind a mark, more steps of the same moment may follow: only what is later shows that all of them were read.
        while (!recording.IsReadWhole && recording.ReadTo <= at)
        {
            recording.ReadOn(Slice);
        }

        var fleet = recording.ModelAt(recording.LookAt(at), at);
        if (snapshotOnly)
        {
            fleet = new Reducer(options.Fold).Reduce(fleet, [new StreamSwitched(tape.RecordedAt + at, SnapshotOnly: true)]);
        }

        var repo = fleet.Repos[recording.Repo];
        return new MomentReport
        {
            Tape = tape.Name,
            Title = tape.Title,
            RecordedAt = tape.RecordedAt,
            At = tape.RecordedAt + at,
            AtMs = (long)at.TotalMilliseconds,
            LengthMs = (long)tape.Length.TotalMilliseconds,
            Note = tape.Note,
            Fault = tape.Fault,
            Loops = [.. repo.Loops.Values.Select(loop => Loop(repo, loop))],
        };
    }

    private static LoopMoment Loop(RepoModel repo, LoopModel loop) => new()
    {
        LoopId = loop.Id,
        RunId = loop.Verdict.RunId,
        Iteration = loop.Tally.Newest is null && loop.Summary.Value is null ? null : loop.Projected.Iteration,
        Status = loop.Projected.Status,
        Assessment = Assessor.Record(repo, loop, loop.Verdict),
        Approval = Approval(loop.Approval),
        NewestEvent = Event(loop.Tally.Newest),
        EventCount = loop.Tally.Lines,
    };

    private static ApprovalMoment? Approval(Artifact<Approval> file) => file is { IsMissing: false, Value: { } approval }
        ? new(approval.Status, approval.RunId, approval.RequestedAt, approval.DecidedBy, approval.DecidedNote, approval.DecidedAt)
        : null;

    private static EventMomentRecord? Event(EventMoment? newest) => newest is null ? null
        : new(newest.Line, newest.Name, newest.At, newest.Role, newest.Status, newest.Iteration);
}
