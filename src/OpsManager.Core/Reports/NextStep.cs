using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Core.Reports;

/// <summary>What somebody does next about a run or a source: one sentence, the command that does it, and the actions that help.</summary>
/// <param name="Text">
/// For people. Names of actions stand in braces, as in the guides; where there is a command, the text ends before it.
/// </param>
/// <param name="Command">A whole line for a POSIX shell, each word quoted where it must be; null where no command helps.</param>
/// <param name="Actions">Actions that help, by the names of keymap files, the most useful first.</param>
public sealed record NextStep(string Text, string? Command, IReadOnlyList<string> Actions)
{
    /// <summary>What is next about a run.</summary>
    public static NextStep For(RepoModel repo, LoopModel loop, NextStepContext context) =>
        SourceSteps.For(repo, SourceStanding.From(repo), context.Now)
        ?? RunSteps.For(repo, loop, context);

    /// <summary>What is next about a source itself: it cannot be read now, or has no loops.</summary>
    /// <param name="standing">Where it stands.</param>
    public static NextStep For(RepoModel repo, SourceStanding standing, AgeClock now) =>
        SourceSteps.For(repo, standing, now) ?? (repo.Loops.IsEmpty ? SourceSteps.Start(repo) : SourceSteps.Choose);

    internal static NextStep From(string text, string? command = null, params string[] actions) => new(text, command, actions);
}

/// <summary>What the next step depends on besides the model.</summary>
/// <param name="Now">Ages and waits are counted from here.</param>
/// <param name="CanSend">Whether anything can be sent to the run from here; where not, the command is told in place of the keys.</param>
public readonly record struct NextStepContext(AgeClock Now, bool CanSend);
