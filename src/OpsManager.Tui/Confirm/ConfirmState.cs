using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Planning;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>The box that asks before an intent is sent. What it shows of the run is in the plan, and the plan follows the model.</summary>
internal sealed record ConfirmState
{
    public required LoopKey Run { get; init; }

    /// <summary>The run is a recording: there is nothing that it could be sent to.</summary>
    public bool IsReplay { get; init; }

    /// <summary>What would be done now; once it was sent, what was confirmed.</summary>
    public required ControlPlan Plan { get; init; }

    /// <summary>The runtime's command as the newest model has it; null where it was not found.</summary>
    public RuntimeCommand? Command { get; init; }

    /// <summary>Why it was not found.</summary>
    public string? CommandFault { get; init; }

    /// <summary>The digits that send a cancel; empty where a key does.</summary>
    public string Code { get; init; } = "";

    public string Typed { get; init; } = "";

    /// <summary>When the last digit came.</summary>
    public TimeSpan TypedAt { get; init; }

    /// <summary>Until then, by <see cref="Watched.Uptime"/>, no key sends.</summary>
    public TimeSpan DeafUntil { get; init; }

    /// <summary>What is different from the plan that was shown before.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>When the sending key was pressed: it is sent a moment later, unless something follows at once. Null before.</summary>
    public TimeSpan? PressedAt { get; init; }

    /// <summary>The key under which it was sent; null before.</summary>
    public string? Key { get; init; }

    /// <summary>Who holds the lock that this intent waits for; null where it does not wait.</summary>
    public string? Waits { get; init; }

    /// <summary>What went wrong with the sending.</summary>
    public string? Fault { get; init; }

    /// <summary>First visible row.</summary>
    public int Top { get; init; }

    /// <summary>The note is kept visible: it is being written, or was written last. Until the operator scrolls.</summary>
    public bool ShowsNote { get; init; }

    /// <summary>What is sent by; null while the runtime's command was not found. A run that is stopped by signals needs none.</summary>
    public RuntimeCommand? Sending => Command ?? (Plan.Stop is null ? null : RuntimeCommand.Usual);

    public bool IsSent => Key is not null;

    /// <summary>The command line to run by hand, with the command's usual name where it was not found.</summary>
    public string CommandLine => Plan.Line(Command ?? RuntimeCommand.Usual);
}
