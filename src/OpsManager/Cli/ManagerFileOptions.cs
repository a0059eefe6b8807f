using System.CommandLine;
using OpsManager.Contract;
using OpsManager.Contract.Words;

namespace OpsManager.Cli;

/// <summary>
/// The options by which a user names files in the place of the manager's own. The one place that says which flag is for which file.
/// </summary>
internal sealed class ManagerFileOptions
{
    private static readonly (string Flag, string File, string What)[] Known =
    [
        (FlagNames.CursorFile, FileNames.Cursor, "Cursor"),
        (FlagNames.StateFile, FileNames.State, "Manager state"),
        (FlagNames.HealthFile, FileNames.Health, "Health"),
        (FlagNames.IntentsFile, FileNames.Intents, "Intents"),
        (FlagNames.HeartbeatStateFile, FileNames.ManagerHeartbeat, "Heartbeat as last seen"),
        (FlagNames.HeartbeatTelemetryFile, FileNames.HeartbeatRows, "Rows of heartbeats"),
        (FlagNames.SequenceStateFile, FileNames.Sequence, "Sequence diagnostics"),
        (FlagNames.SequenceTelemetryFile, FileNames.SequenceRows, "Rows of sequence diagnostics"),
        (FlagNames.ControlInvocationsFile, FileNames.ControlInvocations, "Rows of control invocations"),
        (FlagNames.DriftStateFile, FileNames.ProfileDrift, "Profile drift of another tool"),
        (FlagNames.DriftHistoryFile, FileNames.ProfileDriftRows, "Rows of profile drift of another tool"),
        (FlagNames.AlertDispatchStateFile, FileNames.AlertDispatch, "Dispatched alerts of another tool"),
        (FlagNames.AlertDispatchTelemetryFile, FileNames.AlertRows, "Rows of dispatched alerts of another tool"),
    ];

    /// <summary>What <c>reconcile</c> reads and writes.</summary>
    private static readonly string[] Reconciled =
    [
        FileNames.Cursor, FileNames.State, FileNames.ManagerHeartbeat, FileNames.HeartbeatRows, FileNames.Sequence, FileNames.SequenceRows,
    ];

    private readonly (string File, Option<string?> Option)[] options;

    private ManagerFileOptions(Func<string, bool> isTaken) => options = [.. Known.Where(one => isTaken(one.File)).Select(static one => (
        one.File,
        new Option<string?>(one.Flag) { Description = $"{one.What}. Default: {one.File} in {ArtifactPaths.Manager("LOOP")}." }))];

    /// <summary>Those of <c>reconcile</c>.</summary>
    public static ManagerFileOptions Reconcile() => new(static file => Reconciled.Contains(file));

    /// <summary>All of them.</summary>
    public static ManagerFileOptions All() => new(static _ => true);

    public void AddTo(Command command)
    {
        foreach (var (_, option) in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The files that were named, by the names of those whose place they take.</summary>
    public IReadOnlyDictionary<string, string> From(ParseResult args) => options
        .Select(one => (one.File, Named: args.GetValue(one.Option)))
        .Where(static one => one.Named is not null)
        .ToDictionary(static one => one.File, static one => one.Named!);
}
