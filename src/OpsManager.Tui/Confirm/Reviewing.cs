using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>
/// The queue of intents that were refused, contradicted or stayed unknown: each stays until an operator says that they have seen it.
/// </summary>
internal static class Reviewing
{
    /// <summary>The one that would be acknowledged now: that of the alert under the cursor, else the newest of the run.</summary>
    public static ReviewKey? Next(Alert? underCursor, LoopModel? target)
    {
        if (underCursor is { Loop: { } of, Finding: { Code: FindingCodes.ControlUnreviewed } finding })
        {
            return new(LoopKey.From(of), finding.Evidence[0].Value ?? "");
        }

        return target is { } loop && loop.Cases.Unreviewed.FirstOrDefault() is { } newest ? new(LoopKey.From(loop), newest.Key) : null;
    }

    public static ControlCase? Find(Watched watched, ReviewKey subject) => watched.Find(subject.Run)?.Cases.Find(subject.Key);

    /// <summary>The note was written; without one nothing is kept, and the line stays open.</summary>
    public static Step<PromptState?> Take(Watched watched, PromptState prompt) => prompt.Text.Trim() is not { Length: > 0 } words
        ? new(prompt, Toast: Toast.Note("it takes a note: what you make of it", watched.Steady))
        : new(null, Find(watched, prompt.Subject!) is { } known ? new KeepAcknowledgement(prompt.Subject!.Run, known, words) : null);
}
