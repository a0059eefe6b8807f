using OpsManager.Configuration.Yaml;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>
/// What the list needs to know of one repository and its runs, whatever their order. A model that has not changed is not looked at again,
/// and of one that has only the runs that are others.
/// </summary>
internal sealed class RepoRuns
{
    private readonly RunMeasure?[] measures;
    private readonly SpriteStyle? look;

    private RepoRuns(RepoModel repo, SpriteStyle? look, bool hasTitle, LoopModel[] loops, RunMeasure?[] measures)
    {
        (Repo, this.look, HasTitle, Loops, this.measures) = (repo, look, hasTitle, loops, measures);
        Standing = Watched.StandingOf(repo, look);
    }

    public RepoModel Repo { get; }

    /// <summary>In order of their ids.</summary>
    public LoopModel[] Loops { get; }

    public SourceStanding Standing { get; }

    /// <summary>There is a row over its runs.</summary>
    public bool HasTitle { get; }

    /// <summary>As it is shown.</summary>
    public string Name => Watched.NameOf(Repo.Path, look);

    /// <summary>Of its sprite.</summary>
    public ValueList<string> Labels => look?.Labels ?? ValueList<string>.Empty;

    /// <param name="known">Of the same repository in an earlier model; null where there was none.</param>
    /// <param name="isAlike">How it is shown is as it was: sprites, the day, and whether it is the only repository.</param>
    public static RepoRuns From(Watched watched, RepoModel repo, RepoRuns? known, bool isAlike)
    {
        if (known is not null && isAlike && ReferenceEquals(known.Repo, repo))
        {
            return known;
        }

        var look = known is not null && isAlike ? known.look : watched.Sprites.GetValueOrDefault(repo.Path);
        var hasTitle = Watched.StandingOf(repo, look).Condition != SourceCondition.Read
            || (watched.Fleet.Repos.Count > 1 && repo.Loops.Count > 1);
        var isMeasured = known is not null && isAlike && known.HasTitle == hasTitle && repo.Replay is null;
        if (isMeasured && ReferenceEquals(known!.Repo.Loops, repo.Loops))
        {
            return new(repo, look, hasTitle, known.Loops, known.measures);
        }

        LoopModel[] loops = [.. repo.Loops.Values];
        var measures = new RunMeasure?[loops.Length];
        for (var i = 0; isMeasured && i < Math.Min(loops.Length, known!.Loops.Length); i++)
        {
            measures[i] = ReferenceEquals(loops[i], known.Loops[i]) ? known.measures[i] : null;
        }

        return new(repo, look, hasTitle, loops, measures);
    }

    /// <summary>What the row of a run needs.</summary>
    /// <param name="index">Among <see cref="Loops"/>.</param>
    public RunMeasure MeasureOf(Watched watched, int index) => measures[index] ??=
        RunMeasure.Of(watched, new RunRow(Repo, Loops[index], HasTitle), Loops[index], look?.IsPassive == true);

    /// <summary>What the rows of its runs need besides.</summary>
    public RunMeasure MeasureOfRepo() => RunMeasure.Of(Repo, RunText.Host(Repo, look));

    /// <summary>The index of a run among <see cref="Loops"/>; negative where it is not there.</summary>
    public int IndexOf(string loop)
    {
        var (low, high) = (0, Loops.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Loops[middle].Id, loop);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
