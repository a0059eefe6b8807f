using OpsManager.Configuration.Keymaps;
using OpsManager.Contract.Manager;
using OpsManager.Tui.Compare;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>
/// Everything that can be done by name. What fits what is selected comes first, then the runs, then every other action, recording, stage,
/// theme and order; what cannot be done now comes last, and says why.
/// </summary>
internal static class Commands
{
    private static readonly ActionId[] NotByName = [ActionId.Palette, ActionId.Suspend];

    public static IReadOnlyList<Choice> Choices(AppModel model, string typed)
    {
        return ReplayChoices.Of(model, model.Recordings, typed) ?? ChoiceSearch.Find(All(model), typed);
    }

    private static IEnumerable<Choice> All(AppModel model)
    {
        var actions = Bindings.All
            .Where(static binding => binding.Context is KeyContext.Screen or KeyContext.Replay && !NotByName.Contains(binding.Action))
            .Select(binding => (Binding: binding, Choice: Action(model, binding)))
            .ToArray();
        var fitting = actions.Where(action => Fits(model, action.Binding, action.Choice)).ToArray();
        foreach (var (_, choice) in fitting.OrderBy(static action => PaneHints.Rank(action.Binding)))
        {
            yield return choice;
        }

        foreach (var loop in model.AllRuns)
        {
            yield return new(
                $"run {model.NameOf(loop)}", $"Show this run: {LifecycleStyle.For(loop.Verdict.Ruling).Word}", "", null,
                new RunChosen(LoopKey.From(loop)))
            {
                Title = $"Show {model.NameOf(loop)}",
            };
        }

        // Nobody moves by name.
        foreach (var (_, choice) in actions.Except(fitting).OrderBy(static action => action.Binding.Action <= ActionId.PreviousPane))
        {
            yield return choice;
        }

        foreach (var choice in ReplayChoices.All(model, model.Recordings))
        {
            yield return choice;
        }

        yield return RecordChoices.Record(model, model.CurrentRepo);
        foreach (var choice in CompareChoices.All(model, model.Target, MarkedRuns.Of(model)))
        {
            yield return choice;
        }

        yield return ToldMessages.Choice(model);
        foreach (var choice in HandChoices.All(model, model.Target))
        {
            yield return choice;
        }

        foreach (var stage in Enum.GetValues<RolloutStage>())
        {
            var what = stage == RolloutStage.Passive
                ? "Watch the run only: nothing can be sent to it"
                : "Allow approve, reject and cancel";
            yield return new($"stage {StageWord.Of(stage)}", what, "", Availability.WhyNotStaged(model), new StageChosen(stage))
            {
                Title = $"Set {Run(model) ?? "the loop"} to {StageWord.Of(stage)}",
            };
        }

        foreach (var theme in model.ThemeNames)
        {
            var what = theme == model.Theme.Name ? "Current theme" : "";
            yield return new($"theme {theme}", what, "", null, new ThemeChosen(theme))
            {
                Title = $"Use the theme {theme}",
                Aliases = "mode colours colors",
            };
        }

        foreach (var sort in Enum.GetValues<RunSort>())
        {
            var by = sort.ToString().ToLowerInvariant();
            yield return new($"sort {by}", "", "", null, new SortChosen(sort)) { Title = $"Sort the runs by {by}" };
        }
    }

    private static Choice Action(AppModel model, Binding binding)
    {
        var keys = string.Join(' ', model.Keymap.KeysOf(binding.Action).Take(2));
        var command = binding.Action == ActionId.Copy && model.Ui.Focus == PaneId.Runs ? Opening.Command(model) : null;
        var title = command is null ? ActionSentences.Of(binding, Run(model)) : "Copy the command of the next step";
        // What only says the sentence again is left out.
        var help = binding.Help.Length <= title.Length ? "" : binding.Help;
        return new(
            binding.Name, command?.Text ?? help, keys, Availability.WhyNotOffered(model, binding.Action), new Asked(binding.Action))
        {
            Title = title,
            Aliases = ActionAliases.Of(binding.Action),
        };
    }

    /// <summary>What the state of what is selected asks for, and what opens it.</summary>
    private static bool Fits(AppModel model, Binding binding, Choice choice) =>
        choice.WhyNot is null && PaneHints.IsRanked(binding) && PaneHints.IsUseful(model, binding.Action);

    private static string? Run(AppModel model) => model.Target is { } loop ? model.NameOf(loop)
        : model.CurrentSource is { } source ? model.NameOf(source.Path) : null;
}
