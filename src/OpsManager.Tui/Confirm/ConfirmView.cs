using System.Drawing;
using System.Globalization;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Sprite;
using OpsManager.Tui.Content;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>
/// The box that asks before an intent is sent: what it will really do, by which command, on what grounds; then its result
/// (docs/control.md).
/// </summary>
internal static class ConfirmView
{
    private const int MostColumns = 104;
    private const int MostRows = 34;

    /// <summary>Before the note that is sent with the intent.</summary>
    private const string NoteHead = " note";

    /// <summary>A run's id is the time of its start.</summary>
    private const string RunIdForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>What the frame takes of the row of the title.</summary>
    private const int TitleFrame = 8;

    public static Rectangle Area(Size screen)
    {
        var (width, height) = (Math.Min(MostColumns, screen.Width), Math.Max(0, Math.Min(MostRows, screen.Height - 2)));
        return new Rectangle((screen.Width - width) / 2, 1 + ((screen.Height - 2 - height) / 2), width, height);
    }

    /// <param name="rows">All rows that it has to show.</param>
    public static PaneContent Compose(
        Watched watched, Keymap keymap, ConfirmState confirm, IReadOnlyList<Row> rows, Rectangle area, int height)
    {
        var top = confirm.Top;
        var close = keymap.KeysOf(ActionId.LeaveConfirm) is [var key, ..] ? $"{key} closes" : "";
        var below = rows.Count - top - height;
        var note = below > 0 ? $"{below} more below · {close}" : close;
        return new PaneContent(Title(watched, confirm, area.Width), note, [.. rows.Skip(top).Take(height)]);
    }

    /// <summary>
    /// Where it would act first: repository or sprite, loop, run, iteration. A run that is not known is not named. Where there is no
    /// room the run's time of day stands for it; the box has it whole.
    /// </summary>
    private static string Title(Watched watched, ConfirmState confirm, int width)
    {
        var target = confirm.Plan.Target;
        var where = $"{confirm.Plan.Intent.Word.ToUpperInvariant()} {watched.NameOf(confirm.Run.Repo)} · {target.Loop}";
        var iteration = target.Iteration is { } number ? string.Create(CultureInfo.InvariantCulture, $" · iteration {number}") : "";
        var whole = $"{where}{(target.RunId is { } run ? $" · run {run}" : "")}{iteration}";
        var hasRoom = CellText.Width(SafeText.Clean(whole)) <= width - TitleFrame;
        return hasRoom || !DateTime.TryParseExact(target.RunId, RunIdForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? whole
            : string.Create(CultureInfo.InvariantCulture, $"{where} · run {at:HH:mm:ss}Z{iteration}");
    }

    /// <summary>The row of the note; -1 where there is none.</summary>
    public static int NoteRow(IReadOnlyList<Row> rows) => rows.ToList().FindIndex(static row => row.Spans is [{ Text: NoteHead }, ..]);

    /// <summary>All that it has to show.</summary>
    public static IReadOnlyList<Row> Rows(Watched watched, Keymap keymap, ConfirmState confirm, int width)
    {
        var rows = new RowsBuilder(width);
        if (watched.Find(confirm.Run) is not { } loop)
        {
            rows.Wrapped([new(" ", StyleRole.Text)], "the loop no longer exists", StyleRole.Error);
            return rows.Rows;
        }

        var repo = watched.Fleet.Repos[loop.Repo];
        if (watched.Replay is { } replay)
        {
            ReplayedView.Add(rows, replay, confirm);
            Grounds(rows, watched, confirm, watched.Fleet.Repos[loop.Repo], loop);
            return rows.Rows;
        }

        if (confirm.Fault is { } fault)
        {
            rows.Wrapped([new(" ", StyleRole.Text)], fault, StyleRole.Error);
        }

        if (confirm.Key is { } key)
        {
            Progress(rows, watched, repo, loop, key, confirm.Waits);
        }
        else
        {
            Question(rows, watched, keymap, confirm, repo);
        }

        if (!confirm.IsReplay)
        {
            rows.Heading(repo.Sprite is null ? "command, to run by hand" : $"command, to run by hand on sprite {repo.Sprite.Name}");
            rows.Wrapped([new(" ", StyleRole.Text)], confirm.CommandLine, StyleRole.Title);
        }

        Grounds(rows, watched, confirm, repo, loop);
        return rows.Rows;
    }

    private static void Question(RowsBuilder rows, Watched watched, Keymap keymap, ConfirmState confirm, RepoModel repo)
    {
        // The question comes first: in a small terminal there may be room for nothing else.
        var obstacles = ConfirmUpdate.Obstacles(watched, confirm);
        var role = obstacles.Count > 0 ? StyleRole.Muted : StyleRole.TitleFocused;
        rows.Wrapped([new(" ", StyleRole.Text)], Ask(keymap, confirm, obstacles.Count), role);
        foreach (var change in confirm.Changes)
        {
            rows.Wrapped([new(" changed  ", StyleRole.Error)], change, StyleRole.Warning);
        }

        foreach (var obstacle in obstacles)
        {
            rows.Wrapped([new(" ", StyleRole.Text)], $"Cannot {confirm.Plan.Intent.Word}: {obstacle}", StyleRole.Warning);
        }

        foreach (var effect in confirm.Plan.Effects)
        {
            rows.Wrapped([new("          ", StyleRole.Text)], effect, StyleRole.Text);
        }

        foreach (var warning in confirm.Plan.Warnings)
        {
            rows.Wrapped([new(" warning  ", StyleRole.Warning)], warning, StyleRole.Warning);
        }

        if (repo.Sprite is { } sprite)
        {
            rows.Wrapped([new(" via      ", StyleRole.Muted)], Way(sprite), StyleRole.Text);
        }

        rows.Wrapped([new(" by       ", StyleRole.Muted)], confirm.Plan.Attempt.By, StyleRole.Text);
        var note = confirm.Plan.Intent.Note;
        rows.Wrapped([new($"{NoteHead}     ", StyleRole.Muted)], note ?? "none", note is null ? StyleRole.Muted : StyleRole.Text);
    }

    private static string Ask(Keymap keymap, ConfirmState confirm, int obstacles) =>
        confirm.IsReplay ? "this is a recording: the box shows what would be sent on a live run"
        : obstacles > 0 ? "nothing can be sent from here now; run the command below by hand"
        : confirm.PressedAt is not null ? "sending …"
        : confirm.Code.Length > 0
            ? $"type {confirm.Code} to cancel the run: {confirm.Typed}{new string('_', confirm.Code.Length - confirm.Typed.Length)}"
        : keymap.KeysOf(ActionId.Send) is [var key, ..] ? $"{key} sends it" : "the keymap has no key for send";

    private static void Progress(RowsBuilder rows, Watched watched, RepoModel repo, LoopModel loop, string key, string? waits)
    {
        if (loop.Cases.Find(key) is { } known)
        {
            CaseRows.Add(rows, repo, loop, known, watched.NowIn(repo));
            rows.Wrapped([new(" ", StyleRole.Text)], Advice(known), known.IsSuccess ? StyleRole.Ok : StyleRole.Waiting);
        }
        else
        {
            rows.Wrapped([new(" ", StyleRole.Text)], waits ?? "being sent …", waits is null ? StyleRole.Muted : StyleRole.Waiting);
        }
    }

    private static string Advice(ControlCase known) => known switch
    {
        { IsPending: true } => "the result is being verified; you can close this box",
        { IsSuccess: true } => "the runtime's own artifacts show it",
        { Outcome: "refused" } => "correct the cause, then send again or run the command by hand",
        { Outcome: "contradicted" } => "something else happened: read the evidence before you send again",
        _ => "it may have taken effect, and is not sent again automatically: look at the run before you send again",
    };

    private static void Grounds(RowsBuilder rows, Watched watched, ConfirmState confirm, RepoModel repo, LoopModel loop)
    {
        var now = watched.NowIn(repo);
        if (confirm.Plan.Intent is not Intent.Cancel)
        {
            rows.Heading("request");
            if (loop.Approval.Value is { } approval && !loop.Approval.IsMissing)
            {
                ApprovalTab.Candidate(rows, approval.Raw);
            }

            ApprovalTab.History(rows, loop, now);
        }

        rows.Heading("evidence: source, age, fact");
        SourceRows.Add(rows, repo, loop, now);
    }

    private static string Way(SpriteState sprite) => sprite.By == WayNames.Nats
        ? $"NATS, to whoever publishes sprite {sprite.Name}"
        : $"the service of sprite {sprite.Name}";
}
