using System.Globalization;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Runs;

/// <summary>How many runs of a group are in each state: what its row says, most urgent first.</summary>
/// <param name="Runs">All of them.</param>
/// <param name="Worst">What the most urgent of them was ruled; null where there is none.</param>
internal readonly record struct RollUp(int Runs, int Failed, int Waiting, int Unknown, int Paused, int Running, Ruling? Worst)
{
    /// <summary>With one run more.</summary>
    public RollUp With(LoopModel loop)
    {
        var ruling = loop.Verdict.Ruling;
        var counted = ruling switch
        {
            { Lifecycle: Lifecycle.Failed } => this with { Failed = Failed + 1 },
            { Lifecycle: Lifecycle.AwaitingApproval } => this with { Waiting = Waiting + 1 },
            { Lifecycle: Lifecycle.Unknown } => this with { Unknown = Unknown + 1 },
            { IsPaused: true } => this with { Paused = Paused + 1 },
            { Lifecycle: Lifecycle.Running } => this with { Running = Running + 1 },
            _ => this,
        };
        var isWorse = Worst is not { } worst || RunOrder.Urgency(ruling) < RunOrder.Urgency(worst);
        return counted with { Runs = Runs + 1, Worst = isWorse ? ruling : Worst };
    }

    /// <summary>"3 running · 1 waiting"; where nothing calls and nothing runs, how many loops there are.</summary>
    public string Text
    {
        get
        {
            (int Count, string Word)[] all =
                [(Failed, "failed"), (Waiting, "waiting"), (Paused, "paused"), (Unknown, "unknown"), (Running, "running")];
            string[] said = [.. all
                .Where(static part => part.Count > 0)
                .Select(static part => $"{part.Count.ToString(CultureInfo.InvariantCulture)} {part.Word}")];
            return said.Length > 0 ? string.Join(" · ", said) : Numbers.Count(Runs, "loop", "loops");
        }
    }
}
