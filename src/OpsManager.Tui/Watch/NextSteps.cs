using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Tui.Watch;

/// <summary>What is next about a run or a source of this session, and how it is told with the keys of a keymap.</summary>
internal static class NextSteps
{
    public static NextStep Of(Watched watched, LoopModel loop)
    {
        var repo = watched.SourceOf(loop.Repo);
        return NextStep.For(repo, loop, new(watched.NowIn(repo), Sending.WhyNot(watched, loop) is null));
    }

    public static NextStep Of(Watched watched, RepoModel source) =>
        NextStep.For(source, watched.StandingOf(source), watched.NowIn(source));

    /// <summary>What is next where the list has no row: of the only repository that is watched; null where there are several.</summary>
    public static NextStep? OfOnly(Watched watched) => watched.Sources.Take(2).ToArray() is [{ Loops.IsEmpty: true } only]
        && watched.StandingOf(only).Condition == SourceCondition.Read && watched.Replay is null
        ? Of(watched, only)
        : null;

    /// <summary>The whole step in one paragraph: what to do, its command, and the key that copies that.</summary>
    public static string Text(NextStep step, Keymap keymap)
    {
        var text = ActionText.WithKeys(step.Text, keymap);
        // The command has names of files: nothing in it is an action's name.
        return step.Command is { } command
            ? $"{text} {command}  ({ActionText.KeyOf(Bindings.For(ActionId.Copy).Name, keymap)} copies it)"
            : text;
    }

    /// <summary>The keys of the actions that help besides those in the text: "l log".</summary>
    public static string Keys(NextStep step, Keymap keymap) => string.Join(
        " · ",
        step.Actions
            .Where(action => !step.Text.Contains($"{{{action}}}", StringComparison.Ordinal))
            .Select(Bindings.Find)
            .OfType<Binding>()
            .Where(binding => keymap.KeysOf(binding.Action).Count > 0)
            .Select(binding => $"{keymap.KeysOf(binding.Action)[0]} {binding.Label}"));
}
