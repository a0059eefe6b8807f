using OpsManager.Core.Model;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>Changing the stage of a loop, with a reason (docs/rollout.md).</summary>
internal static class Staging
{
    /// <summary>Why the stage cannot be changed here; null where it can.</summary>
    public static string? WhyNot(Watched watched, LoopModel loop) =>
        watched.WhyNotIn(loop.Repo) ?? (watched.Fleet.Repos[loop.Repo].Replay is not null ? "a recording has no stage" : null);

    /// <summary>The reason was written; without one nothing is kept, and the line stays open.</summary>
    public static Step<PromptState?> Take(PromptState prompt, DateTimeOffset now) => prompt.Text.Trim() is not { Length: > 0 } reason
        ? new(prompt, Toast: Toast.Note("it takes a reason: it is what the others read", now))
        : new(null, new KeepStage(prompt.Change!.Value.Run, prompt.Change.Value.Stage, reason));
}
