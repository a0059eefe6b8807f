using System.Runtime.InteropServices;
using System.Text;
using OpsManager.Core.Events;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;
using Xunit;

namespace OpsManager.Tests.Sources.Index;

/// <summary>The model of a repository's loop after all of its log was read, with or without an index that was kept.</summary>
internal static class FoldedLog
{
    /// <summary>Logs of a few lines count as large.</summary>
    public static readonly FollowOptions Options = FollowOptions.Default with { TailFirstBytes = 300, TailBytes = 200, SliceBytes = 1000 };

    public static LoopModel Read(TempRepo repo, IKeptIndexes? indexes, FollowOptions? options = null)
    {
        var follower = new RepoFollower(repo.Root, repo.Files, new NoProcessTable(), (options ?? Options) with { Indexes = indexes });
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = FleetModel.Empty;
        do
        {
            fleet = reducer.Reduce(fleet, follower.Look(WatchedRepo.Start, always: true));
        }
        while (follower.HasMore);
        return fleet.Loop(repo.Root, TempRepo.Loop)!;
    }

    /// <summary>All that the index and the fold say, as text: two models with the same text are the same.</summary>
    public static string Text(LoopModel loop)
    {
        var (log, count) = (loop.Log!, loop.Tally.Lines);
        var text = new StringBuilder();
        text.AppendLine(loop.Tally.ToString()).AppendLine(string.Join(' ', loop.Tally.Decisive.All));
        text.AppendLine($"{loop.Density.Start:O} {loop.Density.End:O} {loop.Density.BinWidth} {string.Join(' ', loop.Density.Bins(600))}");
        text.AppendLine($"{log.Count} {log.EndOffset} {log.Skipped} {log.IsTail}");
        text.AppendLine($"{loop.IsReading} {loop.CountedOffset} {loop.EventsStamp}");
        for (var row = 0; row < count; row++)
        {
            text.Append(Convert.ToHexString(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in log[row], 1))));
            text.Append($" {log.Moment(row)} {Problems.IsProblem(log[row], log.Words)} {log.MaxIterationsAt(row)}\n");
        }

        var blocks = log.Iterations.CountWithin(count);
        text.AppendLine(string.Join('\n', Enumerable.Range(0, blocks).Select(block => log.Iterations[block].ToString())));
        text.AppendLine(string.Join(' ', log.Iterations.CompletionsWithin(count)));
        text.AppendLine($"{loop.Verdict.Ruling} {string.Join(' ', loop.Verdict.Findings.Select(static finding => finding.ToString()))}");
        return text.ToString();
    }

    public static void AssertSame(LoopModel expected, LoopModel actual) => Assert.Equal(Text(expected), Text(actual));
}
