using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>What rows need of the columns of the list, and in which extra columns they have something.</summary>
/// <param name="Name">Cells of the longest name.</param>
/// <param name="State">Cells of the longest state.</param>
/// <param name="ShortState">The same without iterations.</param>
/// <param name="Host">Cells of the longest host; 0 where there is none.</param>
/// <param name="HasAlerts">Some run has an alert.</param>
/// <param name="Found">A bit for each <see cref="ExtraColumn"/>.</param>
internal readonly record struct RunMeasure(int Name, int State, int ShortState, int Host, bool HasAlerts, int Found)
{
    /// <summary>Of one run. It does not depend on the time of day, only on the day.</summary>
    /// <param name="isPassive">config.yaml lets nobody act on its repository.</param>
    public static RunMeasure Of(Watched watched, RunRow row, LoopModel loop, bool isPassive)
    {
        var found = Bit(ExtraColumn.Lag, RunText.HasLag(loop))
            | Bit(ExtraColumn.Stage, RunText.Stage(loop, isPassive) != RunText.Assisted)
            | Bit(ExtraColumn.CostToday, RunText.CostToday(watched, row.Repo, loop).Length > 0)
            | Bit(ExtraColumn.Health, loop.ShownHealth.Status != HealthStatus.Healthy)
            | Bit(ExtraColumn.LastEvent, loop.Tally.Newest is not null);
        var name = CellText.Width(RunText.Name(watched, row));
        var hasAlerts = loop.Cases.Pending.Length > 0 || loop.Verdict.Alerts.Any();
        return new(name, RunText.StateWidth(loop), RunText.ShortStateWidth(loop), 0, hasAlerts, found);
    }

    /// <summary>Of the repository of runs that are shown.</summary>
    /// <param name="host">Where it is read from, as the list says it.</param>
    public static RunMeasure Of(RepoModel repo, string host) => repo.Sprite is not { } sprite ? default
        : new(0, 0, 0, CellText.Width(host), false, Bit(ExtraColumn.Host, true) | Bit(ExtraColumn.LastRead, sprite.GoodAt is not null));

    /// <summary>Of the row of a source that is no run.</summary>
    public static RunMeasure Of(Watched watched, RunRow row)
    {
        // Its word may reach into the column of alerts.
        var word = row.Source is { } standing ? RunText.State(standing).Length - 2 : 0;
        return new(CellText.Width(RunText.Name(watched, row)), word, word, 0, false, 0);
    }

    /// <summary>Both together.</summary>
    public RunMeasure With(RunMeasure other) => new(
        Math.Max(Name, other.Name), Math.Max(State, other.State), Math.Max(ShortState, other.ShortState), Math.Max(Host, other.Host),
        HasAlerts || other.HasAlerts, Found | other.Found);

    /// <summary>Whether some row has something in a column.</summary>
    public bool Has(ExtraColumn column) => (Found & Bit(column, true)) != 0;

    private static int Bit(ExtraColumn column, bool isSet) => isSet ? 1 << (int)column : 0;
}
