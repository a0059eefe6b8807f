using System.IO.Abstractions;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Control.Notify;
using OpsManager.Core.Reports;
using OpsManager.Sources.Files;
using OpsManager.Sources.Storage;

namespace OpsManager.Control.Escalate;

/// <summary>
/// Calls the operator's command for escalations, from verbs that end at once. What was told is kept in the state directory, so that a verb
/// which is started every minute tells each escalation once, and again only after it was over (docs/notify.md).
/// </summary>
/// <param name="folder">The state directory.</param>
/// <param name="wanted">What the operator is called for.</param>
/// <param name="open">Makes what runs the command, with these limits.</param>
public sealed class EscalationNotifier(
    IFileSystem files, TimeProvider time, string folder, IReadOnlyList<NoticeKind> wanted, HookSettings settings,
    Func<HookSettings, NotifyHook> open)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    /// <summary>Somebody else may call the command as often as it may be called, but not for ever.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    /// <summary>Tells what is new of these loops. Of loops that are not among them nothing changes.</summary>
    /// <param name="fault">Gets why something was not told. It is told by the next verb, if it still holds then.</param>
    /// <exception cref="ContractException">What was told cannot be read, so nothing is told.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public async Task TellAsync(IReadOnlyList<LoopHealth> loops, Action<string> fault, CancellationToken cancel)
    {
        PrivateDirectory.Make(files, folder);
        var door = GuardedFiles.Open(files, folder);
        using var held = await KernelLock.TakeAsync(new GuardedPath(door, FileNames.NotifiedLock), time, MaxWait, Again, cancel)
            .ConfigureAwait(false);
        if (held is null)
        {
            fault($"notify: another ops-manager holds {door.Full(FileNames.NotifiedLock)}; nothing was told");
            return;
        }

        var path = new GuardedPath(door, FileNames.Notified);
        var told = Load(path);
        var calls = Recent(told);
        var known = new Dictionary<(string, string), ToldLoop>();
        foreach (var loop in told.Loops.OfType<ToldLoop>())
        {
            known[(loop.Source, loop.LoopId)] = loop;
        }

        using var hook = open(settings with { PerMinute = Math.Max(0, settings.PerMinute - calls.Count) });
        var left = 0;
        foreach (var loop in loops)
        {
            var now = Escalation.From(loop.Status, loop.Codes, loop.Findings);
            var key = (loop.Source, loop.Loop);
            var before = known.GetValueOrDefault(key)?.Active ?? [];
            List<string> active = [.. before.Where(category => now.Any(one => one.Category == category))];
            foreach (var one in now.Where(one => !active.Contains(one.Category)))
            {
                cancel.ThrowIfCancellationRequested();
                if (!NoticeKinds.TryParse(one.Category, out var kind) || !wanted.Contains(kind))
                {
                    continue;
                }

                var (started, isTold) = await hook.CallAsync(Notice(kind, loop, one)).ConfigureAwait(false);
                left += started ? 0 : 1;
                if (started)
                {
                    calls.Add(time.GetUtcNow());
                }

                if (isTold)
                {
                    active.Add(one.Category);
                    Remember(known, key, active);
                }

                if (started)
                {
                    // At once: whoever ends this program now must not make it tell the same again.
                    Save(path, calls, known);
                }
            }

            if (!before.SequenceEqual(active.Order(StringComparer.Ordinal)))
            {
                Remember(known, key, active);
                Save(path, calls, known);
            }
        }

        if (left > 0)
        {
            fault($"notify: {left} more not told: {settings.Name} was started {settings.PerMinute} times within a minute");
        }
    }

    private void Remember(Dictionary<(string, string), ToldLoop> known, (string Source, string Loop) key, List<string> active)
    {
        if (active.Count == 0)
        {
            known.Remove(key);
        }
        else
        {
            known[key] = new(key.Source, key.Loop, time.GetUtcNow(), [.. active.Order(StringComparer.Ordinal)]);
        }
    }

    private void Save(GuardedPath path, List<DateTimeOffset> calls, Dictionary<(string, string), ToldLoop> known) => path.Replace(
        ContractJson.Write(
            new ToldEscalations
            {
                UpdatedAt = time.GetUtcNow(),
                Calls = calls,
                Loops = [.. known.Values.OrderBy(static loop => loop.At).TakeLast(ToldEscalations.MaxLoops)],
            },
            ContractJson.Default.ToldEscalations,
            pretty: true));

    /// <summary>Starts of the last minute, whichever verb they were of.</summary>
    private List<DateTimeOffset> Recent(ToldEscalations told)
    {
        var now = time.GetUtcNow();
        return [.. told.Calls.Where(call => call <= now && now - call < Minute)];
    }

    private ToldEscalations Load(GuardedPath path)
    {
        if (path.Read() is not { } bytes)
        {
            return new ToldEscalations { UpdatedAt = time.GetUtcNow(), Calls = [], Loops = [] };
        }

        try
        {
            UnknownVersionException.Check(
                ContractJson.Read(bytes, ContractJson.Default.JsonElement), FailureCodes.ProjectionFailed, path.ToString(),
                "use that one");
            return ContractJson.Read(bytes, ContractJson.Default.ToldEscalations);
        }
        catch (JsonException error)
        {
            // To begin again unasked would tell everything again, every time.
            throw new ContractException(
                FailureCodes.ProjectionFailed,
                $"invalid JSON in {path}: {SafeText.Clean(error.Message)}; nothing was told. Move the file away to begin again", error);
        }
    }

    private Notice Notice(NoticeKind kind, LoopHealth loop, Escalation one) => new(
        kind, time.GetUtcNow(), loop.Repo, loop.Loop, loop.RunId, loop.Lifecycle, $"{loop.Loop}: {one.Why}",
        one.Evidence is [var first, ..] ? first.Fact : string.Join(", ", loop.Codes));
}
