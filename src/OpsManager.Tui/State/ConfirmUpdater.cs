using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Tui.State;

/// <summary>
/// The box that asks before an intent is sent. Only one key sends, or the digits that are shown, and only by itself: not a key that
/// is held, not one that comes with others as pasted text does, not one pressed right after the box opened or changed.
/// </summary>
public static class ConfirmUpdater
{
    /// <summary>After the box opened, or what it says changed, keys do not count for so long.</summary>
    public static readonly TimeSpan Deaf = TimeSpan.FromMilliseconds(300);

    /// <summary>A held key repeats only after a while: where the sending key itself was ignored, it has to be let go for longer than that.</summary>
    public static readonly TimeSpan Held = TimeSpan.FromSeconds(1);

    /// <summary>What is typed by a person stands alone for so long.</summary>
    public static readonly TimeSpan Alone = TimeSpan.FromMilliseconds(150);

    /// <summary>Nobody types two digits faster than this; pasted ones come at once.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(10);

    private const int CodeLength = 4;

    public static Step Open(AppModel model, ActionId action)
    {
        if (Target(model) is not { } loop)
        {
            return model;
        }

        var repo = model.Fleet.Repos[loop.Repo];

        Intent intent = action switch
        {
            ActionId.ApproveRun => new Intent.Approve(),
            ActionId.RejectRun => new Intent.Reject(),
            _ => new Intent.Cancel(),
        };
        var confirm = new ConfirmState
        {
            Run = LoopKey.Of(loop),
            IsReplay = repo.Replay is not null,
            Plan = Planner.Plan(repo, loop, intent, model.Operator),
            Code = intent is Intent.Cancel ? CodeOf(model.Uptime, loop.Id) : "",
            DeafUntil = model.Uptime + Deaf,
            Command = Sending.Command(repo).Command,
            CommandFault = Sending.Command(repo).Fault,
        };
        var opened = With(model, confirm);
        var asksNote = intent is Intent.Reject && Sending.WhyNot(model, loop) is null;
        var prompt = asksNote ? PromptState.Note("") : null;
        return opened with { Ui = opened.Ui with { Overlay = Overlay.Confirm, Pager = null, Prompt = prompt } };
    }

    /// <summary>The run that is acted on: that of the alert under the cursor, else the one that is chosen.</summary>
    public static LoopModel? Target(AppModel model) =>
        model.Ui.Focus == PaneId.Alerts && Cursor.Alert(model) is >= 0 and var index && model.Alerts[index].Loop is { } loop ? loop : model.Current;

    public static Step Ask(AppModel model, ActionId action)
    {
        var confirm = model.Ui.Confirm!;
        if (confirm.PressedAt is not null)
        {
            return Together(model, confirm);
        }

        return action switch
        {
            ActionId.LeaveConfirm => model with { Ui = model.Ui with { Overlay = Overlay.None, Confirm = null } },
            ActionId.CopyCommand => new Step(Ignored(model, confirm, Alone), new CopyText("command", confirm.CommandLine)),
            ActionId.ConfirmDown => Ignored(model, confirm with { Top = confirm.Top + 1 }, Alone),
            ActionId.ConfirmUp => Ignored(model, confirm with { Top = confirm.Top - 1 }, Alone),
            _ when IsDeaf(model, confirm) => Ignored(model, confirm, action == ActionId.Send ? Held : Deaf),
            ActionId.EditNote => model with { Ui = model.Ui with { Prompt = PromptState.Note(confirm.Plan.Intent.Note ?? "") } },
            ActionId.Send => Press(model, confirm),
            _ => model,
        };
    }

    /// <summary>Characters that are bound to nothing: digits of a cancel, or a mistake.</summary>
    public static Step Type(AppModel model, string text)
    {
        var confirm = model.Ui.Confirm!;
        if (confirm.PressedAt is not null)
        {
            return Together(model, confirm);
        }

        if (IsDeaf(model, confirm))
        {
            return Ignored(model, confirm, Deaf);
        }

        if (confirm.IsSent || confirm.Code.Length == 0)
        {
            return Ignored(model, confirm, Deaf);
        }

        if (confirm.Typed.Length > 0 && model.Uptime - confirm.TypedAt < Apart)
        {
            return Together(model, confirm);
        }

        var typed = confirm.Typed + text;
        confirm = confirm with { TypedAt = model.Uptime };
        return !confirm.Code.StartsWith(typed, StringComparison.Ordinal) ? Say(With(model, confirm with { Typed = "", DeafUntil = model.Uptime + Deaf }), $"not what is shown; type {confirm.Code}")
            : typed.Length < CodeLength ? With(model, confirm with { Typed = typed })
            : Press(With(model, confirm with { Typed = typed }), confirm with { Typed = typed });
    }

    /// <summary>Pasted text is never an answer, nor a part of one.</summary>
    public static Step Stray(AppModel model)
    {
        var confirm = model.Ui.Confirm!;
        return confirm.PressedAt is not null ? Together(model, confirm) : Ignored(model, confirm with { Typed = "" }, Deaf);
    }

    /// <summary>The moment after the sending key has passed.</summary>
    public static Step Due(AppModel model, SendDue due) => model.Ui.Confirm is not { IsSent: false, Sending: { } command } confirm || confirm.PressedAt != due.PressedAt
        ? model
        : model.WhyNotIn(confirm.Run.Repo) is { } why ? Say(With(model, confirm with { PressedAt = null, Typed = "" }), $"cannot be sent: {why}")
        : new Step(With(model, confirm with { PressedAt = null, Typed = "" }), new SendIntent(confirm.Plan, command));

    public static AppModel Began(AppModel model, IntentSent sent) =>
        model.Ui.Confirm is { IsSent: false } confirm && ReferenceEquals(confirm.Plan, sent.Plan)
            ? With(model, confirm with { Key = sent.Key, Changes = [], Fault = null, Waits = null, Top = 0 })
            : model;

    /// <summary>Another operator is at it: the box says who, or where it is closed the last line does.</summary>
    public static AppModel Waits(AppModel model, IntentWaits waits) => model.Ui.Confirm is { } confirm && confirm.Key == waits.Key
        ? With(model, confirm with { Waits = waits.Text })
        : model with { Ui = model.Ui with { Toast = Toast.Note(waits.Text, model.Steady) } };

    /// <summary>The sending has ended: what is known of its effect comes with the models.</summary>
    public static AppModel Ended(AppModel model, IntentEnded ended)
    {
        if (model.Ui.Confirm is { } confirm && confirm.Key == ended.Key)
        {
            return ended.Changes.Count > 0 ? Replanned(With(model, confirm with { Key = null }), ended.Changes)
                : ended.Fault is { } fault ? With(model, confirm with { Fault = fault, Key = ended.WasSent ? confirm.Key : null, DeafUntil = model.Uptime + Deaf })
                : model;
        }

        var word = ended.Changes.Count > 0 ? $"nothing was sent: {string.Join("; ", ended.Changes)}" : ended.Fault;
        return word is null ? model : model with { Ui = model.Ui with { Toast = Toast.Fault(word, model.Steady) } };
    }

    /// <summary>The plan as it is by the newest model; where it differs in what matters, the operator is asked anew.</summary>
    public static AppModel Follow(AppModel model) => model.Ui.Confirm is { IsSent: false } ? Replanned(model, []) : model;

    /// <summary>The note was written.</summary>
    public static AppModel Noted(AppModel model, string note)
    {
        var confirm = model.Ui.Confirm!;
        var words = note.Trim() is { Length: > 0 } text ? text : null;
        Intent intent = confirm.Plan.Intent switch
        {
            Intent.Approve => new Intent.Approve(words),
            Intent.Reject => new Intent.Reject(words),
            _ => new Intent.Cancel(words),
        };
        return model.Fleet.Loop(confirm.Run.Repo, confirm.Run.Loop) is { } loop
            ? With(model, confirm with { Plan = Planner.Plan(model.Fleet.Repos[loop.Repo], loop, intent, model.Operator), DeafUntil = model.Uptime + Deaf })
            : model;
    }

    /// <summary>Why it cannot be sent now; empty where it can.</summary>
    public static IReadOnlyList<string> Obstacles(AppModel model, ConfirmState confirm)
    {
        string?[] all = confirm.IsReplay ? [.. confirm.Plan.Obstacles] : [model.WhyNotIn(confirm.Run.Repo), .. confirm.Plan.Obstacles, confirm.Plan.Stop is null ? confirm.CommandFault : null];
        return [.. all.OfType<string>()];
    }

    private static AppModel Replanned(AppModel model, IReadOnlyList<string> said)
    {
        var confirm = model.Ui.Confirm!;
        var loop = model.Fleet.Loop(confirm.Run.Repo, confirm.Run.Loop);
        var plan = loop is not null
            ? Planner.Plan(model.Fleet.Repos[loop.Repo], loop, confirm.Plan.Intent, model.Operator)
            : confirm.Plan with { Obstacles = ["the loop is not there any more"] };
        var command = loop is not null
            ? Sending.Command(model.Fleet.Repos[loop.Repo])
            : new CommandSearch(confirm.Command, confirm.CommandFault);
        IReadOnlyList<string> changes = said.Count > 0 ? said : [.. confirm.Plan.ChangesTo(plan), .. CommandChanges(confirm, command)];
        var hindrance = confirm.CommandFault;
        confirm = confirm with { Command = command.Command, CommandFault = command.Fault };
        if (changes.Count > 0)
        {
            return With(model, confirm with { Plan = plan, Changes = changes, Typed = "", PressedAt = null, DeafUntil = model.Uptime + Deaf });
        }

        // What hindered it is gone: a key that is held meanwhile must not be the one that sends.
        var followed = confirm with { Plan = plan };
        var isSame = plan.Obstacles.SequenceEqual(confirm.Plan.Obstacles) && hindrance == command.Fault;
        return isSame ? With(model, followed) : Ignored(model, followed, Held);
    }

    /// <summary>Another program would be run than the one that was shown.</summary>
    private static IEnumerable<string> CommandChanges(ConfirmState confirm, CommandSearch now) => (confirm.Command, now.Command) switch
    {
        ({ } before, { } after) when before.File != after.File => [$"the command was {before.File}, is {after.File}"],
        (not null, null) => [now.Fault ?? "the command is not there any more"],
        _ => [],
    };

    private static Step Press(AppModel model, ConfirmState confirm)
    {
        if (Obstacles(model, confirm) is [var obstacle, ..])
        {
            return Say(With(model, confirm with { Typed = "" }), $"cannot be sent: {obstacle}");
        }

        return confirm.Sending is null ? model : new Step(With(model, confirm with { PressedAt = model.Uptime }), new AwaitSilence(model.Uptime));
    }

    private static Step Together(AppModel model, ConfirmState confirm) =>
        Say(With(model, confirm with { PressedAt = null, Typed = "", DeafUntil = model.Uptime + Deaf }), "several keys came at once, as when text is pasted: nothing was sent");

    /// <summary>What came was no answer: the next key counts only after a silence.</summary>
    private static AppModel Ignored(AppModel model, ConfirmState confirm, TimeSpan longer) =>
        With(model, confirm with { DeafUntil = TimeSpan.FromTicks(Math.Max(confirm.DeafUntil.Ticks, (model.Uptime + longer).Ticks)) });

    private static bool IsDeaf(AppModel model, ConfirmState confirm) => model.Uptime < confirm.DeafUntil;

    private static AppModel With(AppModel model, ConfirmState confirm) => model with { Ui = model.Ui with { Confirm = confirm } };

    private static Step Say(AppModel model, string text) => model with { Ui = model.Ui with { Toast = Toast.Note(text, model.Steady) } };

    /// <summary>Digits that nobody types by habit: they differ each time, and no two neighbours are the same, so that no held key makes them.</summary>
    private static string CodeOf(TimeSpan uptime, string loop)
    {
        var seed = unchecked((uint)((uptime.Ticks * 2654435761L) ^ loop.Aggregate(17, static (sum, letter) => unchecked((sum * 31) + letter))));
        var digits = new char[CodeLength];
        for (var i = 0; i < CodeLength; i++)
        {
            seed = unchecked((seed * 1664525) + 1013904223);
            var digit = (char)('0' + (seed >> 16) % 10);
            digits[i] = i > 0 && digit == digits[i - 1] ? (char)('0' + (digit - '0' + 1) % 10) : digit;
        }

        return new string(digits);
    }
}
