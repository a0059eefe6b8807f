using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Compare;

/// <summary>What the palette offers of comparisons and reports (docs/compare.md).</summary>
internal static class CompareChoices
{
    private const string NoRun = "no run is selected";

    /// <param name="target">The run that is chosen; null where none is.</param>
    /// <param name="marked">The runs that are marked.</param>
    public static IEnumerable<Choice> All(Watched watched, LoopModel? target, IReadOnlyList<LoopModel> marked)
    {
        yield return Diff(watched, target, marked);
        var whyNot = WhyNot(watched, VerbNames.Report, target);
        yield return new(
            VerbNames.Report, "A page of HTML about its newest run, in a file", "", whyNot,
            target is null || whyNot is not null ? new ToastRequested(whyNot ?? NoRun) : new ReportAsked(LoopKey.From(target)))
        {
            Title = target is null ? "Write a report" : $"Write a report about {watched.NameOf(target)}",
            Aliases = "html page export share",
        };
    }

    private static Choice Diff(Watched watched, LoopModel? target, IReadOnlyList<LoopModel> marked)
    {
        var whyNot = marked switch
        {
            [var one, var other] => WhyNot(watched, VerbNames.Diff, one, other),
            { Count: > 0 } => $"{marked.Count} runs are marked: mark two, or none",
            _ => WhyNot(watched, VerbNames.Diff, target),
        };
        var request = marked is [var first, var second] ? new CompareRequest(LoopKey.From(first), LoopKey.From(second))
            : target is not null ? new CompareRequest(LoopKey.From(target)) : null;
        return new(
            VerbNames.Diff, "Two marked runs, or the selected run and the one before it", "", whyNot,
            request is null || whyNot is not null ? new ToastRequested(whyNot ?? NoRun) : new CompareAsked(request))
        {
            Title = marked is [var a, var b] ? $"Compare {watched.NameOf(a)} with {watched.NameOf(b)}"
                : target is null ? "Compare two runs" : $"Compare {watched.NameOf(target)} with its run before",
            Aliases = "compare difference",
        };
    }

    private static string? WhyNot(Watched watched, string verb, params ReadOnlySpan<LoopModel?> runs)
    {
        foreach (var run in runs)
        {
            if (run is null)
            {
                return NoRun;
            }

            if (watched.Replay is not null || watched.SourceOf(run.Repo).Sprite is not null)
            {
                return $"only of a repository on this host; of a recording: ops-manager {verb}";
            }
        }

        return null;
    }
}
