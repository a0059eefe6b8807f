using OpsManager.Configuration.Keymaps;
using System.Drawing;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Shell;

/// <summary>A run whose process is stopped or frozen is shown as paused wherever its lifecycle is shown.</summary>
public sealed class PausedRunTests
{
    [Fact]
    public void A_paused_run_is_called_so_in_the_list_the_header_and_the_detail()
    {
        var model = Model(isPaused: true);
        var (repo, loop) = (model.Fleet.Repos.Values.First(), model.Fleet.Loops.First());

        Assert.Contains(
            RunsView.Compose(model, model.Keymap, model.Ui.Runs, model.Lists, 80, 20).Rows,
            static row => Text(row).Contains("paused", StringComparison.Ordinal));
        Assert.Contains("1 paused", Text(HeaderBar.Compose(model, 140).Left), StringComparison.Ordinal);
        Assert.DoesNotContain("running", Text(HeaderBar.Compose(model, 140).Left), StringComparison.Ordinal);
        Assert.Contains(
            WhyTab.Rows(model, KeymapCatalog.Shipped("default"), repo, loop, 80),
            row => Text(row).Contains("paused  process 4 is stopped", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_goes_on_is_running_again()
    {
        var model = Model(isPaused: false);

        Assert.Contains("1 running", Text(HeaderBar.Compose(model, 140).Left), StringComparison.Ordinal);
        Assert.DoesNotContain("paused", Text(HeaderBar.Compose(model, 140).Left), StringComparison.Ordinal);
    }

    private static AppModel Model(bool isPaused)
    {
        var model = MadeFleet.Of(1) with { Ui = new UiState { Size = new Size(140, 40) } };
        var repo = model.Fleet.Repos.Values.First();
        var loop = repo.Loops.Values.First();
        var ruling = new Ruling(Lifecycle.Running, "process 4 is stopped", Confidence.High, null) { IsPaused = isPaused };
        var held = loop with { Verdict = loop.Verdict with { Ruling = ruling } };
        return model with
        {
            Fleet = model.Fleet with
            {
                Repos = model.Fleet.Repos.SetItem(repo.Path,
            repo with { Loops = repo.Loops.SetItem(loop.Id, held) })
            }
        };
    }

    private static string Text(Row row) => string.Concat(row.Spans.Select(static span => span.Text));
}
