using OpsManager.Configuration.Keymaps;
using OpsManager.Contract.Manager;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>
/// Everything that can be done by name: every action, every run, every theme and order; what fits the typed text best comes first.
/// </summary>
internal static class Commands
{
    private static readonly ActionId[] NotByName = [ActionId.Palette, ActionId.Suspend];

    public static IReadOnlyList<Choice> Choices(AppModel model, string typed)
    {
        var wanted = typed.Trim();
        return ReplayChoices.Of(model, model.Recordings, typed) ??
        [
            .. All(model)
                .Select(choice => (Choice: choice, Score: Fuzzy.Score(wanted, choice.Text)))
                .Where(static found => found.Score is not null)
                .OrderByDescending(static found => found.Score)
                .Select(static found => found.Choice),
        ];
    }

    private static IEnumerable<Choice> All(AppModel model)
    {
        var actions = Bindings.All
            .Where(static binding => binding.Context is KeyContext.Screen or KeyContext.Replay && !NotByName.Contains(binding.Action));
        foreach (var binding in actions)
        {
            var keys = string.Join(' ', model.Keymap.KeysOf(binding.Action));
            var whyNot = Availability.WhyNotOffered(model, binding.Action);
            yield return new(binding.Name, binding.Help, keys, whyNot, new Asked(binding.Action));
        }

        foreach (var loop in model.AllRuns)
        {
            yield return new($"run {model.NameOf(loop)}", $"Show this run: {LifecycleStyle.For(loop.Verdict.Ruling).Word}", "", null,
                new RunChosen(LoopKey.From(loop)));
        }

        foreach (var choice in ReplayChoices.All(model, model.Recordings))
        {
            yield return choice;
        }

        foreach (var stage in Enum.GetValues<RolloutStage>())
        {
            var what = stage == RolloutStage.Passive
                ? "Watch the run only: nothing can be sent to it"
                : "Allow approve, reject and cancel";
            yield return new($"stage {StageWord.Of(stage)}", what, "", Availability.WhyNotStaged(model), new StageChosen(stage));
        }

        foreach (var theme in model.ThemeNames)
        {
            var what = theme == model.Theme.Name ? "Current theme" : "Use this theme";
            yield return new($"theme {theme}", what, "", null, new ThemeChosen(theme));
        }

        foreach (var sort in Enum.GetValues<RunSort>())
        {
            var by = sort.ToString().ToLowerInvariant();
            yield return new($"sort {by}", $"Sort the runs by {by}", "", null, new SortChosen(sort));
        }
    }
}
