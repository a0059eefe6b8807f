using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Pages;
using OpsManager.Sources.Compare;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;

namespace OpsManager.Sources.Pages;

/// <summary>
/// Reads what a report on the newest run of a loop is made of: from a recording, which is played to its end, or from a repository as it
/// is now.
/// </summary>
public static class RunPageReader
{
    /// <summary>Looks that are read in one go.</summary>
    private const int Slice = 4096;

    /// <param name="loop">Null where the recording has one only.</param>
    /// <exception cref="ContractException">It has no such loop, or no log.</exception>
    public static RunPageInput Read(Tape tape, string? loop)
    {
        var run = OpenRun.From(RunPlace.Recording(tape), new RunName(tape.Name, loop));
        var recording = Played(tape);
        var fleet = recording.End ?? FleetModel.Empty;
        var (repo, model) = (fleet.Repos[recording.Repo], fleet.Repos[recording.Repo].Loops[run.Loop]);
        var place = tape.Title.Length > 0 ? $"{tape.Name}: {tape.Title}" : tape.Name;
        return Input(place, repo, model, run, tape.RecordedAt + tape.Length) with
        {
            Changes = Changes(recording, run.Loop),
            Alerts = [.. recording.Points.Where(point => point.Kind == ReplayPointKind.Problem && point.Loop == run.Loop)
                .Select(point => new AlertSeen(tape.RecordedAt + point.At, point.Text))],
            Notes = [.. new[] { tape.Note, tape.Fault }.OfType<string>()],
        };
    }

    /// <summary>A loop as it is now.</summary>
    /// <exception cref="ContractException">A required artifact is missing or invalid; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static async Task<RunPageInput> ReadAsync(
        IFileSystem files, TimeProvider time, string root, string? loop, CancellationToken cancel)
    {
        var run = OpenRun.From(RunPlace.Repository(files, root), new RunName(root, loop));
        var reading = await new LoopReader(files, time, FoldOptions.Default).ReadAsync(root, run.Loop, cancel).ConfigureAwait(false);
        var ruling = reading.Loop.Verdict.Ruling;
        var now = new LifecycleChange(reading.At, ruling.Lifecycle, Word(ruling.Display ?? ruling.Lifecycle.Word()));
        var tape = RecordingReader.Open(files, root).Entries[0].Open();
        var before = Changes(Played(tape), run.Loop);
        return Input(root, reading.Repo, reading.Loop, run, reading.At) with
        {
            Changes = before is [.., var last] && last.Word == now.Word ? before : [.. before, now],
            Notes = ["before this report was made, the lifecycle is inferred from the log: nobody looked at the process"],
        };
    }

    /// <summary>The word for people.</summary>
    private static string Word(string word) => word == Lifecycle.AwaitingApproval.Word() ? "waiting" : word;

    private static RunPageInput Input(string place, RepoModel repo, LoopModel loop, OpenRun run, DateTimeOffset at) => new(
        place, repo, loop, run.Runs.LastOrDefault(one => one.RunId is not null && one.RunId == loop.Verdict.RunId) ?? run.Run, at);

    private static Recording Played(Tape tape)
    {
        var recording = new Recording(tape, tape.Name, new ReplayOptions());
        while (!recording.IsReadWhole)
        {
            recording.ReadOn(Slice);
        }

        // Publishes the last points.
        recording.ReadOn(0);
        return recording;
    }

    private static IReadOnlyList<LifecycleChange> Changes(Recording recording, string loop) =>
        [.. recording.Points.Where(point => point.Kind == ReplayPointKind.Lifecycle && point.Loop == loop)
            .Select(point => new LifecycleChange(recording.RecordedAt + point.At, point.Lifecycle, Word(point.Text)))];
}
