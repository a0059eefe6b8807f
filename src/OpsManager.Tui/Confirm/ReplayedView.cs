using OpsManager.Configuration.Themes;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Content;
using OpsManager.Tui.Detail;

namespace OpsManager.Tui.Confirm;

/// <summary>The box in a replay: nothing is asked, it says what was decided in the recording and its result.</summary>
internal static class ReplayedView
{
    public static void Add(RowsBuilder rows, ReplayState replay, ConfirmState confirm)
    {
        rows.Wrapped([new(" ", StyleRole.Text)], "this is a replay: nothing can be sent", StyleRole.TitleFocused);
        var isCancel = confirm.Plan.Intent is Intent.Cancel;
        rows.Heading(isCancel ? "cancels in this recording" : "decisions in this recording");
        if (replay.End is not { } end)
        {
            rows.Note("the recording is still being read");
            return;
        }

        if (end.Loop(confirm.Run.Repo, confirm.Run.Loop) is not { } loop)
        {
            rows.Note("the loop no longer exists at the end of the recording");
            return;
        }

        var target = confirm.Plan.Target;
        var result = RecordedResult.From(loop, confirm.Plan.Intent, target);
        foreach (var decision in result.Decisions)
        {
            rows.Wrapped(
                [new(" ", StyleRole.Text), new($"{decision.Word}  ", EventStyle.OfWord(decision.Word))], Who(decision, replay, target),
                StyleRole.Text, indent: 3);
        }

        if (isCancel ? result.Cases.Count == 0 : result.Decisions.Count == 0)
        {
            rows.Note(isCancel ? "no manager cancelled this run in this recording" : "nobody decided in this recording");
        }

        if (!isCancel)
        {
            rows.Note(Consumed(result.Consumed, replay));
        }

        AtTheEnd(rows, loop, target);
        Sent(rows, end.Repos[loop.Repo], loop, result.Cases);
    }

    private static string Who(Decision decision, ReplayState replay, ControlTarget target)
    {
        var by = $"by {decision.By ?? "unknown"}";
        var note = decision.Note is { Length: > 0 } text ? $": {text}" : "";
        if (decision.Timestamp is not { } at)
        {
            return $"{by}, at an unknown time{note}";
        }

        var asked = target.RequestedAt is { } since ? $", {Ages.Long(at - since)} after it was asked" : "";
        return $"{by} at {Ages.Clock(at)}Z{asked} ({FromHere(at, replay)}){note}";
    }

    private static string Consumed(EventMoment? moment, ReplayState replay) => moment switch
    {
        null => "no run consumed a decision in this recording",
        { At: { } at } => $"a run consumed it at {Ages.Clock(at)}Z ({FromHere(at, replay)}): {moment.Name}, line {moment.Line}",
        _ => $"a run consumed it: {moment.Name}, line {moment.Line}",
    };

    /// <summary>Files have whole seconds, so that this moment counts as the second that it is in.</summary>
    private static string FromHere(DateTimeOffset at, ReplayState replay)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(replay.Now.ToUnixTimeSeconds());
        return at >= now ? $"{Ages.Long(at - now)} after this moment" : $"{Ages.Long(now - at)} before this moment";
    }

    private static void AtTheEnd(RowsBuilder rows, LoopModel loop, ControlTarget target)
    {
        var (glyph, word, role) = LifecycleStyle.For(loop.Verdict.Ruling);
        var run = loop.Verdict.RunId is { } id && id != target.RunId ? $"run {id}: " : "";
        rows.Wrapped(
            [new(" at the end  ", StyleRole.Muted), new($"{glyph} {word}  ", role)], $"{run}{loop.Verdict.Ruling.Reason}", StyleRole.Text,
            indent: 3);
    }

    private static void Sent(RowsBuilder rows, RepoModel repo, LoopModel loop, IReadOnlyList<ControlCase> cases)
    {
        if (cases.Count == 0)
        {
            return;
        }

        rows.Heading("sent by ops-manager, with ages at the end of the recording");
        foreach (var known in cases)
        {
            CaseRows.Add(rows, repo, loop, known, repo.Now);
        }
    }
}
