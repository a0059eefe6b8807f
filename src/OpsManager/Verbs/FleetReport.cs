using System.Collections.Immutable;
using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Session;
using OpsManager.Sources;
using OpsManager.Sources.Local;

namespace OpsManager.Verbs;

/// <summary>What one look at many sources comes to, by the rules of the screen.</summary>
/// <param name="patience">How long each source was given.</param>
/// <param name="sprites">What config.yaml names; null where repositories were named.</param>
internal sealed class FleetReport(IFileSystem files, TimeSpan patience, IReadOnlyList<WatchedSprite>? sprites)
{
    /// <param name="at">When all of it had been read.</param>
    public FleetStatus From(IReadOnlyList<FleetReading> looks, DateTimeOffset at, string traceId)
    {
        RepoModel[] read = [.. looks.Select(one => Fault(one) is { } fault ? one.Repo with { Failure = (at, fault) } : one.Repo)];
        var fleet = FleetModel.Empty with
        {
            Repos = FleetModel.Empty.Repos.AddRange(read.Select(static repo => KeyValuePair.Create(repo.Path, repo))),
        };
        var unopened = (sprites ?? []).Where(static sprite => sprite.Fault is not null).ToArray();
        var counts = unopened.Aggregate(
            FleetCounts.From(fleet, [.. fleet.Repos.Values.SelectMany(FleetAlerts.Of).Select(static alert => alert.Finding)]),
            static (counts, _) => counts.With(SourceCondition.Unreachable));
        FleetSource[] sources = [
            .. read.Select(SourceOf),
            .. unopened.Select(static sprite => new FleetSource(sprite.Sprite.Name, null, new SourceStanding(
                SourceCondition.Unreachable, null, null).Code, null, sprite.Fault))];
        FleetLoop[] loops = [.. read.SelectMany(repo => repo.Loops.Values.Select(loop => LoopOf(repo, loop)))];
        string[] faults = [
            .. sources.Where(static source => source.Fault is not null).Select(static source => $"{source.Name}: {source.Fault}"),
            .. loops.SelectMany(Unreadable)];
        return new FleetStatus
        {
            GeneratedAt = at,
            TraceId = traceId,
            Result = faults.Length > 0 ? FleetResult.Unreadable
                : counts.CallsForPerson ? FleetResult.Attention : FleetResult.Well,
            Counts = Counts(counts, loops.Length),
            Health = counts.Health,
            Sources = sources,
            Loops = loops,
            Faults = faults,
        };
    }

    private FleetSource SourceOf(RepoModel repo)
    {
        var standing = SourceStanding.From(repo);
        return new(NameOf(repo.Path), repo.Path, standing.Code, standing.Since, standing.Fault ?? repo.Sprite?.LoopFault);
    }

    /// <summary>Why a source was not read as a whole, where it does not say so itself; null where it was.</summary>
    private string? Fault(FleetReading one) => SourceStanding.From(one.Repo).Condition switch
    {
        SourceCondition.Unreachable => null,
        SourceCondition.NotRead => $"it did not answer within {Seconds}",
        _ when !one.IsWhole => $"it was not read to its end within {Seconds}",
        SourceCondition.Read when one.Repo.Sprite is null && !new RepoFinder(files).IsRepo(one.Repo.Path) =>
            $"{one.Repo.Path} has no {ArtifactPaths.Root}",
        _ => null,
    };

    private string Seconds => string.Create(CultureInfo.InvariantCulture, $"{patience.TotalSeconds:0} s");

    /// <summary>Files of a loop that are there and cannot be read.</summary>
    private static IEnumerable<string> Unreadable(FleetLoop loop) => loop.Alerts
        .Where(static alert => alert.Code is FindingCodes.EventsUnreadable or FindingCodes.ArtifactUnreadable)
        .Select(alert => $"{loop.Source}, loop {loop.LoopId}: {string.Join("; ", alert.Evidence.Select(static one => one.Fact))}");

    private FleetLoop LoopOf(RepoModel repo, LoopModel loop)
    {
        var ruling = loop.Verdict.Ruling;
        FindingRecord[] alerts = [.. loop.Verdict.Alerts.Where(static finding => finding.Code != FindingCodes.SourceFailed)];
        var alone = FleetModel.Empty with
        {
            Repos = FleetModel.Empty.Repos.Add(
                repo.Path, repo with { Loops = ImmutableSortedDictionary<string, LoopModel>.Empty.Add(loop.Id, loop) }),
        };
        return new FleetLoop
        {
            Source = NameOf(repo.Path),
            LoopId = loop.Id,
            Lifecycle = ruling.Lifecycle,
            Display = ruling.Display,
            Status = loop.Projected.Status,
            Reason = ruling.Reason,
            Since = ruling.Since,
            RunId = loop.Verdict.RunId,
            Health = loop.ShownHealth.Status,
            HealthCodes = loop.ShownHealth.Codes,
            Alerts = alerts,
            NeedsPerson = FleetCounts.From(alone, alerts).CallsForPerson,
        };
    }

    private string NameOf(string repo) => sprites?.FirstOrDefault(sprite => sprite.Repo == repo)?.Sprite.Name ?? repo;

    private static FleetStatusCounts Counts(FleetCounts counts, int loops) => new()
    {
        Sources = counts.Sources,
        Read = counts.Read,
        Asleep = counts.Asleep,
        NotRead = counts.NotRead,
        Unreachable = counts.Unreachable,
        Loops = loops,
        Failed = counts.Failed,
        Waiting = counts.Waiting,
        Running = counts.Running,
        Paused = counts.Paused,
        Unknown = counts.Unknown,
        ErrorAlerts = counts.ErrorAlerts,
        WarningAlerts = counts.WarningAlerts,
    };
}
