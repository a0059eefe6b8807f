using OpsManager.Configuration.Keymaps;
using OpsManager.Contract.Manager;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Palette;
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
        return
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
        var actions = Bindings.All.Where(static binding => binding.Context == KeyContext.Screen && !NotByName.Contains(binding.Action));
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

        foreach (var stage in Enum.GetValues<RolloutStage>())
        {
            var what = stage == RolloutStage.Passive ? "The run is only watched: nobody may act on it" : "Operators may act on the run";
            yield return new($"stage {StageWord.Of(stage)}", what, "", Availability.WhyNotStaged(model), new StageChosen(stage));
        }

        foreach (var theme in model.ThemeNames)
        {
            var what = theme == model.Theme.Name ? "The theme in force" : "Take this theme";
            yield return new($"theme {theme}", what, "", null, new ThemeChosen(theme));
        }

        foreach (var sort in Enum.GetValues<RunSort>())
        {
            yield return new($"sort {sort.ToString().ToLowerInvariant()}", "Sort the runs so", "", null, new SortChosen(sort));
        }
    }
}
