using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>What the list says of a run or a source, cell by cell.</summary>
internal static class RunText
{
    /// <summary>The stage of a run on which somebody may act.</summary>
    public const string Assisted = "assisted";

    /// <summary>Cells of a repository's name that still tell something.</summary>
    private const int ShortestRepo = 4;

    /// <summary>Cells of the longest role that the runtime has: <c>implementer</c>.</summary>
    private const int LongestRole = 11;

    /// <summary>What was not read for so long is marked as old.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(1);

    /// <summary>The name of a run or a source; under a group without the name of its repository.</summary>
    public static string Name(Watched watched, RunRow row) => SafeText.Clean(row.Loop is { } loop
        ? row.IsInGroup ? $" {loop.Id}" : watched.NameOf(loop)
        : watched.NameOf(row.Repo.Path));

    /// <summary>The name of a row in a room of its own: what tells less is cut first, in its middle.</summary>
    /// <param name="isShared">
    /// Whether other repositories have a loop of this name: that of the repository tells more then. Asked only where a name is cut.
    /// </param>
    public static string Name(Watched watched, RunRow row, int cells, Func<string, bool>? isShared = null)
    {
        var whole = Name(watched, row);
        if (row.Loop is not { } loop || row.IsInGroup || watched.Fleet.Repos.Count == 1 || CellText.Width(whole) <= cells)
        {
            return CellText.CutMiddle(whole, cells);
        }

        var (repo, id) = (SafeText.Clean(watched.NameOf(loop.Repo)), SafeText.Clean(loop.Id));
        // The room that the loop's name leaves; a third of it all where that is too long itself.
        var room = isShared?.Invoke(loop.Id) == true
            ? cells - Math.Min(ShortestRepo, cells / 3) - 1
            : Math.Max(Math.Min(ShortestRepo, cells / 3), cells - CellText.Width(id) - 1);
        var first = CellText.CutMiddle(repo, Math.Min(room, CellText.Width(repo)));
        return $"{first}/{CellText.CutMiddle(id, Math.Max(0, cells - CellText.Width(first) - 1))}";
    }

    /// <summary>Where a run stands: the role at work and its iteration, or the state's word.</summary>
    public static string State(LoopModel loop) => IsAtWork(loop) ? $"{ShortState(loop)}{Iteration(loop)}" : ShortState(loop);

    /// <summary>Cells that the state takes in this run, whichever role is at work: no column moves from one role to the next.</summary>
    public static int StateWidth(LoopModel loop) =>
        IsAtWork(loop) ? Math.Max(LongestRole, ShortStateWidth(loop)) + Iteration(loop).Length : ShortStateWidth(loop);

    /// <summary>The same without the iteration.</summary>
    public static int ShortStateWidth(LoopModel loop) => CellText.Width(ShortState(loop));

    /// <summary>The same where there is no room for the iteration.</summary>
    public static string ShortState(LoopModel loop) =>
        IsAtWork(loop) && !CurrentIteration.IsBeforeFirst(loop) && loop.Tally.RoleAtWork?.Role is { Length: > 0 } role
        ? SafeText.Clean(role)
        : LifecycleStyle.For(loop.Verdict.Ruling).Word;

    /// <summary>Where a source stands that is no run.</summary>
    public static string State(SourceStanding standing) =>
        standing.Condition == SourceCondition.Read ? "no loops yet" : standing.Word;

    /// <summary>How long ago the last event was, of a run from which more is to come.</summary>
    public static string Lag(LoopModel loop, AgeClock now) =>
        HasLag(loop) ? Ages.Short(now.Since(loop.Tally.Newest!.At!.Value, loop.NewestReadAt)) : "";

    /// <summary>Whether there is something to say of that, whatever the time.</summary>
    public static bool HasLag(LoopModel loop) => loop.Verdict.Lifecycle == Lifecycle.Running && loop.Tally.Newest?.At is not null;

    /// <summary>Where the run is read from.</summary>
    public static string Host(Watched watched, RepoModel repo) => Host(repo, watched.Sprites.GetValueOrDefault(repo.Path));

    /// <param name="look">How the repository is shown; null where it is no sprite of config.yaml.</param>
    public static string Host(RepoModel repo, SpriteStyle? look) =>
        repo.Sprite is { } sprite ? SafeText.Clean(look?.Name ?? sprite.Name) : "local";

    /// <summary>Whether anybody may act on the run, where that is not so, how.</summary>
    public static string Stage(Watched watched, LoopModel loop) =>
        Stage(loop, watched.Sprites.GetValueOrDefault(loop.Repo)?.IsPassive == true);

    /// <param name="isPassive">config.yaml lets nobody act on its repository.</param>
    public static string Stage(LoopModel loop, bool isPassive) =>
        loop.Rollback is not null || loop.Trigger is not null ? "rolled back"
        : isPassive || Core.Planning.Stage.WhyNot(loop) is not null ? "passive"
        : Assisted;

    /// <summary>What the loop's roles have cost since midnight UTC, as the tab Usage has it; empty where nothing of it was told.</summary>
    public static string CostToday(Watched watched, RepoModel repo, LoopModel loop) =>
        loop.UsageTotals.On(watched.TodayIn(repo))?.Cost is { } cost ? Numbers.Dollars((double)cost) : "";

    /// <summary>How long ago the source was read.</summary>
    public static string LastRead(RepoModel repo, AgeClock now) => Ages.Short(repo.Sprite?.GoodAt, now);

    /// <summary>Its sprite is not being read, or was not for a while: what is shown may have changed since.</summary>
    public static bool IsOld(Watched watched, RepoModel repo) =>
        repo.Sprite is { } sprite
        && (watched.StandingOf(repo).Condition != SourceCondition.Read || watched.NowIn(repo).Since(sprite.GoodAt ?? repo.Now) > Old);

    private static bool IsAtWork(LoopModel loop) => loop.Verdict.Ruling is { Lifecycle: Lifecycle.Running, IsPaused: false };

    /// <summary>Behind the state, with a blank before it; empty before the first iteration.</summary>
    private static string Iteration(LoopModel loop)
    {
        var now = CurrentIteration.Of(loop) ?? loop.Projected.Iteration;
        if (now == 0 || CurrentIteration.IsBeforeFirst(loop))
        {
            return "";
        }

        var text = string.Create(CultureInfo.InvariantCulture, $" {now}");
        return loop.Tally.MaxIterations is { } max ? $"{text}/{max.ToString(CultureInfo.InvariantCulture)}" : text;
    }
}
