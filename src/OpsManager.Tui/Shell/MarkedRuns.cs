using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>
/// What one key does to all runs that are marked, while the run list has the focus. Decisions and cancels are never among it: each is
/// looked at by itself.
/// </summary>
internal static class MarkedRuns
{
    /// <summary>The marked runs in the order of the list; empty where a key acts on the chosen one.</summary>
    public static IReadOnlyList<LoopModel> Of(AppModel model) =>
        model.Ui is { Focus: PaneId.Runs, Runs.Marked: { IsEmpty: false } marked }
        ? [.. marked.Select(run => model.Lists.Groups.PlaceOf(run)).Where(static place => place >= 0).Order()
            .Select(place => model.AllRuns[place])]
        : [];

    /// <summary>Whether the cursor is on or in a group that can be folded.</summary>
    public static bool InGroup(AppModel model) =>
        model is { Replay: null, Ui.Focus: PaneId.Runs } && model.Lists.GroupOf(model.Chosen) is not null;

    /// <summary>Asks every sprite of a marked run, once.</summary>
    public static Step Wake(AppModel model)
    {
        var marked = Of(model);
        string[] sprites = [.. marked
            .Where(loop => model.Fleet.Repos[loop.Repo].Sprite is not null)
            .Select(static loop => loop.Repo)
            .Distinct(StringComparer.Ordinal)];
        var local = marked.Count(loop => model.Fleet.Repos[loop.Repo].Sprite is null);
        string[] said =
        [
            .. sprites.Length > 0 ? [$"reading {Numbers.Count(sprites.Length, "sprite", "sprites")}"] : Array.Empty<string>(),
            .. local > 0 ? [$"{Numbers.Count(local, "run is", "runs are")} local"] : Array.Empty<string>(),
        ];
        return new(model, new WakeSprites(sprites, string.Join(", ", said)));
    }

    /// <summary>The names of the marked runs, one a line.</summary>
    public static CopyText Copy(IReadOnlyList<LoopModel> marked) =>
        new(Numbers.Count(marked.Count, "run", "runs"), string.Join('\n', marked.Select(static loop => $"{loop.Repo} {loop.Id}")));

    /// <summary>The note was written: the newest result of each run that waits for somebody is acknowledged.</summary>
    public static Step<PromptState?> Acknowledge(AppModel model, PromptState prompt) => Kept(
        model, prompt, "type a note that says what you found", new("acknowledged", "had nothing to acknowledge", "cannot be acted on"),
        (loop, words) => Reviewing.Next(null, loop) is { } next && Reviewing.Find(model, next) is { } known
            ? new KeepAcknowledgement(next.Run, known, words)
            : null,
        loop => model.WhyNotIn(loop.Repo));

    /// <summary>The reason was written: every run has the stage.</summary>
    public static Step<PromptState?> SetStage(AppModel model, PromptState prompt, RolloutStage stage) => Kept(
        model, prompt, "type a reason: other operators read it",
        new($"set to {StageWord.Of(stage)}", $"already {StageWord.Of(stage)}", "cannot be changed"),
        (loop, words) => (loop.Rollout.Value?.Stage ?? RolloutStage.Assisted) == stage && loop.Rollout.Value is not null
            ? null
            : new KeepStage(LoopKey.From(loop), stage, words),
        loop => Staging.WhyNot(model, loop));

    private static Step<PromptState?> Kept(
        AppModel model, PromptState prompt, string missing, KeptWords words, Func<LoopModel, string, Effect?> effectFor,
        Func<LoopModel, string?> whyNot)
    {
        if (prompt.Text.Trim() is not { Length: > 0 } text)
        {
            return new(prompt, Toast: Toast.Note(missing, model.Steady));
        }

        var (effects, nothing, refused) = (new List<Effect>(), 0, 0);
        foreach (var loop in prompt.Marked.Select(model.Find).OfType<LoopModel>())
        {
            if (whyNot(loop) is not null)
            {
                refused++;
            }
            else if (effectFor(loop, text) is { } effect)
            {
                effects.Add(effect);
            }
            else
            {
                nothing++;
            }
        }

        return new(null, new KeepAll(effects, words, nothing, refused));
    }
}
