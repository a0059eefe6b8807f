using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>What can be done about a loop that is rolled back: read the note, and re-arm it (docs/rollout.md).</summary>
internal static class Rearming
{
    /// <summary>Why the loop cannot be re-armed from here; null where it can be tried.</summary>
    public static string? WhyNot(Watched watched, LoopModel loop) =>
        watched.WhyNotIn(loop.Repo) ?? (loop.Rollback is null ? "the loop is not rolled back" : null);

    /// <summary>The note of the run's rollback; null where there is none.</summary>
    public static string? Note(LoopModel? loop) =>
        loop?.Rollback?.Incident is { } incident ? ArtifactPaths.Incident(loop.Id, incident) : null;

    /// <summary>The reason was written; without one nothing is done, and the line stays open.</summary>
    public static Step<PromptState?> Take(PromptState prompt, DateTimeOffset now) => prompt.Text.Trim() is not { Length: > 0 } reason
        ? new(prompt, Toast: Toast.Note("type a reason: it is added to the incident note", now))
        : new(null, new ArmAgain(prompt.Run!.Value, reason), Toast.Note("reading the artifacts again", now));
}
