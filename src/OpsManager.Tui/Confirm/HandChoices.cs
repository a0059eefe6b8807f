using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>Verifying what was done by hand, by name (docs/control.md).</summary>
internal static class HandChoices
{
    private static readonly Intent[] Intents = [new Intent.Approve(), new Intent.Reject(), new Intent.Cancel()];

    /// <param name="target">The run that is chosen; null where none is.</param>
    public static IEnumerable<Choice> All(Watched watched, LoopModel? target)
    {
        var whyNot = ByHand.WhyNot(watched, target);
        foreach (var intent in Intents)
        {
            yield return new(
                $"{ByHand.Name} {intent.Word}", "Judge it from the run's files, record the result, and send nothing", "", whyNot,
                target is null || whyNot is not null ? new ToastRequested(whyNot ?? "") : new HandAsked(LoopKey.From(target), intent))
            {
                Title = $"Verify the {IntentText.Noun(intent.Word)} of {(target is null ? "a run" : watched.NameOf(target))} done by hand",
                Aliases = "manual verify command",
            };
        }
    }
}
