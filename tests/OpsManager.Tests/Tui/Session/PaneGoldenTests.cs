using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Session;

/// <summary>Every pane, tab and box at three sizes, in colour and without: text and style of each cell.</summary>
public sealed class PaneGoldenTests
{
    private static readonly (string, double)[] Runs = [
        ("tokens-and-logs", 300), ("role-fails", 8), ("approval-approved", 11.3), ("two-loops", 60), ("log-truncated", 14.5)
    ];

    /// <summary>What leads to each picture.</summary>
    private static readonly Dictionary<string, string[]> Ways = new()
    {
        ["runs"] = ["1", "z"],
        ["timeline"] = ["2", "z"],
        ["timeline-dates"] = ["2", "z", "t", "k", "Space"],
        ["timeline-filter"] = ["2", "z", "/", "s", "t", "a", "t", "u", "s", ":", "o", "k", "Enter"],
        ["timeline-context"] = ["2", "z", "/", "t", "e", "s", "t", "s", "Enter", "c", "N"],
        ["why"] = ["w", "z"],
        ["gates"] = ["w", "]", "z"],
        ["approval"] = ["w", "]", "]", "z"],
        ["iterations"] = ["i", "z"],
        ["usage"] = ["u", "z"],
        ["control"] = ["u", "]", "z"],
        ["files"] = ["v", "z"],
        ["alerts"] = ["4", "z"],
        ["help"] = ["?"],
        ["palette"] = [":", "t", "h"],
        ["pager-event"] = ["2", "Enter"],
        ["pager-file"] = ["v", "j", "j", "Enter"],
        ["pager-search"] = ["v", "j", "j", "Enter", "#", "/", "i", "d", "Enter"],
        ["log"] = ["l"],
        ["log-search"] = ["l", "[", "[", "/", "e", "d", "i", "t", "Enter", "n"],
        ["panes"] = ["1"],
    };

    public static TheoryData<string, int, int, bool> Pictures()
    {
        var data = new TheoryData<string, int, int, bool>();
        foreach (var name in Ways.Keys)
        {
            foreach (var (columns, rows) in new[] { (80, 24), (120, 40), (40, 12) })
            {
                data.Add(name, columns, rows, true);
                data.Add(name, columns, rows, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Looks_as_it_did(string name, int columns, int rows, bool colour)
    {
        using var screen = ScreenDriver.At(columns, rows, colour ? ColorDepth.True : ColorDepth.None, Runs);

        screen.Select("tokens-and-logs/checkout-flow").Press(Ways[name]);

        Golden.Assert($"{name}-{columns}x{rows}{(colour ? "" : "-mono")}", screen.Styled);
    }

    public static TheoryData<string, int, int, bool> Questions()
    {
        var data = new TheoryData<string, int, int, bool>();
        foreach (var name in new[] { "approve", "reject", "cancel" })
        {
            foreach (var (columns, rows) in new[] { (80, 24), (120, 40), (40, 12) })
            {
                data.Add(name, columns, rows, true);
                data.Add(name, columns, rows, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void The_box_that_asks_looks_as_it_did(string intent, int columns, int rows, bool colour)
    {
        using var screen = ScreenDriver.Live(columns, rows, "approval-approved", 11.3, colour ? ColorDepth.True : ColorDepth.None);

        screen.Press(intent switch
        {
            "approve" => ["a"],
            "reject" => ["r", "n", "o", "Enter"],
            _ => ["x"],
        });

        Golden.Assert($"ask-{intent}-{columns}x{rows}{(colour ? "" : "-mono")}", screen.Styled);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    public void What_came_of_intents_looks_as_it_did(int columns, int rows)
    {
        using var screen = ScreenDriver.Live(columns, rows, "approval-approved", 11.3, ColorDepth.True);
        var repo = screen.Model.CurrentRepo!;
        var lines = File.ReadAllLines(RepoRoot.Combine("tests", "OpsManager.Tests", "Tui", "Session", "control-rows.jsonl"));
        screen.Take(
            new ControlRowsSeen(repo.Now, repo.Path, screen.Model.Current!.Id, new RowReading<ControlRow>(ArtifactCondition.Present)
            {
                StartsOver = true,
                Rows = [.. lines.Select(static line => ControlRow.Parse(System.Text.Encoding.UTF8.GetBytes(line)).Value!)],
                Count = lines.Length,
            }));

        screen.Press("u", "]", "z");

        Golden.Assert($"control-cases-{columns}x{rows}", screen.Styled);
    }

    [Theory]
    [InlineData(80, 24, true)]
    [InlineData(120, 40, true)]
    [InlineData(40, 12, true)]
    [InlineData(80, 24, false)]
    public void A_loop_that_is_rolled_back_looks_as_it_did(int columns, int rows, bool colour)
    {
        using var screen = ScreenDriver.Live(columns, rows, "approval-approved", 11.3, colour ? ColorDepth.True : ColorDepth.None);
        var repo = screen.Model.CurrentRepo!;
        var rollback = new RollbackRecord
        {
            Cause = "cursor_regression",
            Why = "events.jsonl was cut: 26 lines were read before, it has 5 now",
            At = repo.Now,
            Incident = "20261122T192100Z-cursor_regression",
            LastGoodCursor = 26,
            StageBefore = RolloutStage.Assisted,
        };
        screen.Take(new RolloutSeen(repo.Now, repo.Path, screen.Model.Current!.Id, new(
            ArtifactCondition.Present, new RolloutRecord
            {
                Stage = RolloutStage.Passive,
                ChangedAt = repo.Now,
                ChangedBy = "ops-manager",
                Reason = "rolled back",
                Rollback = rollback
            }, null, null)));

        Golden.Assert($"rolled-back-{columns}x{rows}{(colour ? "" : "-mono")}", screen.Styled);
    }
}
