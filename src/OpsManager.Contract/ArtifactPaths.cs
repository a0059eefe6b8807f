using OpsManager.Contract.Words;

namespace OpsManager.Contract;

/// <summary>
/// Where things are under a repository; all paths are relative to it and use '/' (docs/contract.md, "Runtime artifacts" and
/// "Manager files").
/// </summary>
public static class ArtifactPaths
{
    public const string Root = ".superloop";
    public const string Loops = Root + "/loops";
    public const string State = Root + "/" + FileNames.State;
    public const string ActiveRun = Root + "/" + FileNames.ActiveRun;

    /// <summary>What managers keep, of all loops.</summary>
    public const string ManagerRoot = Root + "/ops-manager";

    /// <summary>Held while a cancel is under way: a cancel is for the repository, whichever loop it was asked for.</summary>
    public const string CancelLock = ManagerRoot + "/" + FileNames.CancelLock;

    public static string Loop(string loop) => $"{Loops}/{loop}";

    public static string Events(string loop) => $"{Loops}/{loop}/{FileNames.Events}";

    public static string Summary(string loop) => $"{Loops}/{loop}/{FileNames.Summary}";

    public static string Approval(string loop) => $"{Loops}/{loop}/{FileNames.Approval}";

    public static string Heartbeat(string loop) => $"{Loops}/{loop}/{FileNames.Heartbeat}";

    public static string Usage(string loop) => $"{Loops}/{loop}/{FileNames.Usage}";

    public static string Decisions(string loop) => $"{Loops}/{loop}/{FileNames.Decisions}";

    /// <summary>What operators asked for: the manager's own file.</summary>
    public static string Intents(string loop) => $"{Manager(loop)}/{FileNames.Intents}";

    /// <summary>The steps of each intent: the manager's own file.</summary>
    public static string ControlRows(string loop) => $"{Manager(loop)}/{FileNames.ControlRows}";

    /// <summary>The stage of a loop: the manager's own file.</summary>
    public static string Rollout(string loop) => $"{Manager(loop)}/{FileNames.Rollout}";

    /// <summary>The incident notes of a loop: the manager's own directory.</summary>
    public static string Incidents(string loop) => $"{Manager(loop)}/incidents";

    /// <summary>One incident note.</summary>
    public static string Incident(string loop, string id) => $"{Incidents(loop)}/{id}.md";

    /// <summary>The cursor that the <c>events</c> verb keeps by default.</summary>
    public static string EventsCursor(string loop) => $"{Loops}/{loop}/{FileNames.EventsCursor}";

    /// <summary>Where the manager stopped reading: its own file.</summary>
    public static string ManagerCursor(string loop) => $"{Manager(loop)}/{FileNames.Cursor}";

    /// <summary>What the manager concluded last: its own file.</summary>
    public static string ManagerState(string loop) => $"{Manager(loop)}/{FileNames.State}";

    /// <summary>How well the watching went last: the manager's own file.</summary>
    public static string ManagerHealth(string loop) => $"{Manager(loop)}/{FileNames.Health}";

    /// <summary>The manager's own directory of one loop.</summary>
    public static string Manager(string loop) => $"{ManagerRoot}/{loop}";

    /// <summary><paramref name="loop"/> itself, where it can be a loop.</summary>
    /// <exception cref="ContractException">It is no loop id, and would lead out of the loops' directory.</exception>
    public static string CheckedLoopId(string loop) => IsLoopId(loop) ? loop : throw new ContractException(
        FailureCodes.SnapshotUnavailable, $"\"{loop}\" cannot be a loop: a loop id is the name of a directory under {Loops}");

    /// <summary>
    /// Whether <paramref name="loop"/> can be a loop's directory name: one path element of printable characters, no way out of
    /// the directory.
    /// </summary>
    public static bool IsLoopId(string? loop) =>
        loop is { Length: > 0 and <= 200 }
            && loop is not ("." or "..")
            && !loop.AsSpan().ContainsAny('/', '\\', '\0')
            && !loop.Any(char.IsControl);
}
