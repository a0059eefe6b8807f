using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using OpsManager.Tui.Content;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>
/// The box that asks before an intent is sent. Only one key sends, or the digits that are shown, and only by itself: not a key that
/// is held, not one that comes with others as pasted text does, not one pressed right after the box opened or changed.
/// </summary>
internal static class ConfirmUpdate
{
    /// <summary>After the box opened, or what it says changed, keys do not count for so long.</summary>
    public static readonly TimeSpan Deaf = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// A held key repeats only after a while: where the sending key itself was ignored, it has to be let go for longer than that.
    /// </summary>
    public static readonly TimeSpan Held = TimeSpan.FromSeconds(1);

    /// <summary>What is typed by a person stands alone for so long.</summary>
    public static readonly TimeSpan Alone = TimeSpan.FromMilliseconds(150);

    /// <summary>Nobody types two digits faster than this; pasted ones come at once.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(10);

    /// <summary>Opens the box; a rejection asks for a note first.</summary>
    public static ConfirmStep Open(Watched watched, LoopModel loop, ActionId action)
    {
        var repo = watched.Fleet.Repos[loop.Repo];
        var isReplay = watched.Replay is not null || repo.Replay is not null;
        Intent intent = action switch
        {
            ActionId.ApproveRun => new Intent.Approve(),
            ActionId.RejectRun => new Intent.Reject(),
            _ => new Intent.Cancel(),
        };
        var confirm = new ConfirmState
        {
            Run = LoopKey.From(loop),
            IsReplay = isReplay,
            Plan = Planner.Plan(repo, loop, intent, watched.Operator),
            Code = intent is Intent.Cancel && !isReplay ? CancelCode.Of(watched.Uptime, loop.Id) : "",
            DeafUntil = watched.Uptime + Deaf,
            Command = Sending.Command(repo).Command,
            CommandFault = Sending.Command(repo).Fault,
        };
        var asksNote = intent is Intent.Reject && !isReplay && Sending.WhyNot(watched, loop) is null;
        return new(confirm with { ShowsNote = asksNote }, Prompt: asksNote ? PromptState.Note("") : null);
    }

    /// <param name="visible">Rows of the box that are visible.</param>
    /// <param name="count">Rows that it has.</param>
    public static ConfirmStep Ask(Watched watched, ConfirmState confirm, ActionId action, int visible, int count)
    {
        if (confirm.PressedAt is not null)
        {
            return Together(watched, confirm);
        }

        return action switch
        {
            ActionId.LeaveConfirm => new(null),
            ActionId.CopyCommand => new(Ignored(watched, confirm, Alone), new CopyText("command", confirm.CommandLine)),
            _ when Scrolled(confirm, action, visible, count) is { } top =>
                Ignored(watched, confirm with { Top = top, ShowsNote = false }, Alone),
            _ when IsDeaf(watched, confirm) => Ignored(watched, confirm, action == ActionId.Send ? Held : Deaf),
            ActionId.EditNote => new(confirm with { ShowsNote = true }, Prompt: PromptState.Note(confirm.Plan.Intent.Note ?? "")),
            ActionId.Send => Press(watched, confirm),
            _ => confirm,
        };
    }

    /// <summary>The first visible row after a key that moves in the box; null for any other key.</summary>
    private static int? Scrolled(ConfirmState confirm, ActionId action, int visible, int count) => action switch
    {
        ActionId.ConfirmDown => confirm.Top + 1,
        ActionId.ConfirmUp => confirm.Top - 1,
        ActionId.ConfirmPageDown => confirm.Top + Math.Max(1, visible - 1),
        ActionId.ConfirmPageUp => confirm.Top - Math.Max(1, visible - 1),
        ActionId.ConfirmToTop => 0,
        ActionId.ConfirmToBottom => count - visible,
        _ => null,
    };

    /// <summary>Back from what was read: keys do not count for a moment, as when the box was opened.</summary>
    public static ConfirmState ComeBack(Watched watched, ConfirmState confirm) => Ignored(watched, confirm with { Typed = "" }, Deaf);

    /// <summary>Characters that are bound to nothing: digits of a cancel, or a mistake.</summary>
    public static ConfirmStep Type(Watched watched, ConfirmState confirm, string text)
    {
        if (confirm.PressedAt is not null)
        {
            return Together(watched, confirm);
        }

        if (IsDeaf(watched, confirm))
        {
            return Ignored(watched, confirm, Deaf);
        }

        if (confirm.IsSent || confirm.Code.Length == 0)
        {
            return Ignored(watched, confirm, Deaf);
        }

        if (confirm.Typed.Length > 0 && watched.Uptime - confirm.TypedAt < Apart)
        {
            return Together(watched, confirm);
        }

        var typed = confirm.Typed + text;
        confirm = confirm with { TypedAt = watched.Uptime };
        return !confirm.Code.StartsWith(typed, StringComparison.Ordinal)
                ? Say(
                    watched, confirm with { Typed = "", DeafUntil = watched.Uptime + Deaf },
                    $"these are not the digits shown; type {confirm.Code}")
            : typed.Length < confirm.Code.Length ? confirm with { Typed = typed }
            : Press(watched, confirm with { Typed = typed });
    }

    /// <summary>Pasted text is never an answer, nor a part of one.</summary>
    public static ConfirmStep Stray(Watched watched, ConfirmState confirm) =>
        confirm.PressedAt is not null ? Together(watched, confirm) : Ignored(watched, confirm with { Typed = "" }, Deaf);

    /// <summary>The moment after the sending key has passed.</summary>
    public static ConfirmStep Due(Watched watched, ConfirmState? open, SendDue due)
    {
        if (open is not { IsSent: false, Sending: { } command } confirm || confirm.PressedAt != due.PressedAt)
        {
            return open;
        }

        var released = confirm with { PressedAt = null, Typed = "" };
        return watched.WhyNotIn(confirm.Run.Repo) is { } why
            ? Say(watched, released, $"Cannot {confirm.Plan.Intent.Word}: {why}")
            : new(released, new SendIntent(confirm.Plan, command));
    }

    public static ConfirmStep Began(ConfirmState? open, IntentSent sent) =>
        open is { IsSent: false } confirm && ReferenceEquals(confirm.Plan, sent.Plan)
            ? confirm with { Key = sent.Key, Changes = [], Fault = null, Waits = null, Top = 0, ShowsNote = false }
            : open;

    /// <summary>Another operator is at it: the box says who, or where it is closed the last line does.</summary>
    public static ConfirmStep Waits(Watched watched, ConfirmState? open, IntentWaits waits) =>
        open is { } confirm && confirm.Key == waits.Key
            ? confirm with { Waits = waits.Text }
            : new ConfirmStep(open, Toast: Toast.Note(waits.Text, watched.Steady));

    /// <summary>The sending has ended: what is known of its effect comes with the models.</summary>
    public static ConfirmStep Ended(Watched watched, ConfirmState? open, IntentEnded ended)
    {
        if (open is { } confirm && confirm.Key == ended.Key)
        {
            var key = ended.WasSent ? confirm.Key : null;
            return ended.Changes.Count > 0 ? Replanned(watched, confirm with { Key = null }, ended.Changes)
                : ended.Fault is { } fault ? confirm with { Fault = fault, Key = key, DeafUntil = watched.Uptime + Deaf }
                : confirm;
        }

        var word = ended.Changes.Count > 0 ? $"nothing was sent: {string.Join("; ", ended.Changes)}" : ended.Fault;
        return new(open, Toast: word is null ? null : Toast.Fault(word, watched.Steady));
    }

    /// <summary>
    /// The plan as it is by the newest model; where it differs in what matters, the operator is asked again. In a replay nobody is asked:
    /// the box goes on telling of the question that it was opened for.
    /// </summary>
    public static ConfirmState? Follow(Watched watched, ConfirmState? open) =>
        open is { IsSent: false, IsReplay: false } confirm ? Replanned(watched, confirm, []) : open;

    /// <summary>The note was written.</summary>
    public static ConfirmState Noted(Watched watched, ConfirmState confirm, string note)
    {
        var words = note.Trim() is { Length: > 0 } text ? text : null;
        Intent intent = confirm.Plan.Intent switch
        {
            Intent.Approve => new Intent.Approve(words),
            Intent.Reject => new Intent.Reject(words),
            _ => new Intent.Cancel(words),
        };
        if (watched.Find(confirm.Run) is not { } loop)
        {
            return confirm;
        }

        var plan = Planner.Plan(watched.Fleet.Repos[loop.Repo], loop, intent, watched.Operator);
        return confirm with { Plan = plan, DeafUntil = watched.Uptime + Deaf };
    }

    /// <summary>Wastes no row, and keeps the note visible where it is being written.</summary>
    /// <param name="note">The row of the note; -1 where there is none.</param>
    public static ConfirmState Fit(ConfirmState confirm, int visible, int count, int note) => confirm with
    {
        Top = confirm.ShowsNote && note >= 0
            ? ListWindow.Follow(confirm.Top, note, visible, count)
            : ListWindow.Inside(confirm.Top, visible, count),
    };

    /// <summary>Why it cannot be sent now; empty where it can.</summary>
    public static IReadOnlyList<string> Obstacles(Watched watched, ConfirmState confirm)
    {
        string?[] all = confirm.IsReplay
            ? ["nothing can be sent in a replay"]
            : [watched.WhyNotIn(confirm.Run.Repo), .. confirm.Plan.Obstacles, confirm.Plan.Stop is null ? confirm.CommandFault : null];
        return [.. all.OfType<string>()];
    }

    private static ConfirmState Replanned(Watched watched, ConfirmState confirm, IReadOnlyList<string> said)
    {
        var loop = watched.Find(confirm.Run);
        var plan = loop is not null
            ? Planner.Plan(watched.Fleet.Repos[loop.Repo], loop, confirm.Plan.Intent, watched.Operator)
            : confirm.Plan with { Obstacles = ["the loop no longer exists"] };
        var command = loop is not null
            ? Sending.Command(watched.Fleet.Repos[loop.Repo])
            : new CommandSearch(confirm.Command, confirm.CommandFault);
        IReadOnlyList<string> changes = said.Count > 0 ? said : [.. confirm.Plan.ChangesTo(plan), .. CommandChanges(confirm, command)];
        var hindrance = confirm.CommandFault;
        confirm = confirm with { Command = command.Command, CommandFault = command.Fault };
        if (changes.Count > 0)
        {
            return confirm with { Plan = plan, Changes = changes, Typed = "", PressedAt = null, DeafUntil = watched.Uptime + Deaf };
        }

        // What hindered it is gone: a key that is held meanwhile must not be the one that sends.
        var followed = confirm with { Plan = plan };
        var isSame = plan.Obstacles.SequenceEqual(confirm.Plan.Obstacles) && hindrance == command.Fault;
        return isSame ? followed : Ignored(watched, followed, Held);
    }

    /// <summary>Another program would be run than the one that was shown.</summary>
    private static IEnumerable<string> CommandChanges(ConfirmState confirm, CommandSearch now) => (confirm.Command, now.Command) switch
    {
        ({ } before, { } after) when before.File != after.File => [$"the command was {before.File} and is now {after.File}"],
        (not null, null) => [now.Fault ?? "the command no longer exists"],
        _ => [],
    };

    private static ConfirmStep Press(Watched watched, ConfirmState confirm)
    {
        if (Obstacles(watched, confirm) is [var obstacle, ..])
        {
            return Say(watched, confirm with { Typed = "" }, $"Cannot {confirm.Plan.Intent.Word}: {obstacle}");
        }

        return confirm.Sending is null
            ? confirm
            : new ConfirmStep(confirm with { PressedAt = watched.Uptime }, new AwaitSilence(watched.Uptime));
    }

    private static ConfirmStep Together(Watched watched, ConfirmState confirm) => Say(
        watched,
        confirm with { PressedAt = null, Typed = "", DeafUntil = watched.Uptime + Deaf },
        "several keys came at once, as pasted text does: nothing was sent");

    /// <summary>What came was no answer: the next key counts only after a silence.</summary>
    private static ConfirmState Ignored(Watched watched, ConfirmState confirm, TimeSpan longer) =>
        confirm with { DeafUntil = TimeSpan.FromTicks(Math.Max(confirm.DeafUntil.Ticks, (watched.Uptime + longer).Ticks)) };

    private static bool IsDeaf(Watched watched, ConfirmState confirm) => watched.Uptime < confirm.DeafUntil;

    private static ConfirmStep Say(Watched watched, ConfirmState confirm, string text) =>
        new(confirm, Toast: Toast.Note(text, watched.Steady));
}
