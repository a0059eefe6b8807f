using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Compare;

/// <summary>Two runs are to be compared.</summary>
internal sealed record CompareAsked(CompareRequest Request) : Message;

/// <summary>Two runs were compared, or why they could not be.</summary>
internal sealed record RunsCompared(CompareRequest Request, IReadOnlyList<string> Lines) : Message;

/// <summary>A report on the newest run of a loop is to be written.</summary>
internal sealed record ReportAsked(LoopKey Run) : Message;

/// <summary>Reads two runs and compares them, beside the screen.</summary>
internal sealed record CompareRuns(CompareRequest Request) : Effect;

/// <summary>Writes a report on a run, beside the screen.</summary>
internal sealed record WriteReport(LoopKey Run) : Effect;
