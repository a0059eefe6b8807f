using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Core.Sprite;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Watch;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Tui.Shell;

public sealed class HeaderRuleTests
{
    private static readonly (string Expected, FleetCounts Facts)[] Table =
    [
        ("not read yet!", new()),
        ("not read yet!", new() { NotRead = 1 }),
        ("3 not read yet!", new() { NotRead = 3 }),
        ("1 not read yet! · 2 running", new() { Read = 1, NotRead = 1, Running = 2 }),
        ("healthy", new() { Read = 1 }),
        ("healthy · 1 waiting! · 2 running", new() { Read = 1, Waiting = 1, Running = 2 }),
        ("1 failed! · 1 waiting! · 2 running", new() { Read = 1, Failed = 1, Waiting = 1, Running = 2 }),
        ("1 failed!", new() { Read = 1, Failed = 1, ErrorAlerts = 1, Health = HealthStatus.Degraded }),
        ("1 failed!", new() { Read = 1, Failed = 1, Health = HealthStatus.Critical }),
        ("critical! · 1 running", new() { Read = 1, Running = 1, ErrorAlerts = 1, Health = HealthStatus.Critical }),
        ("1 alert! · 1 running", new() { Read = 1, Running = 1, ErrorAlerts = 1, Health = HealthStatus.Degraded }),
        ("degraded! · 1 running", new() { Read = 1, Running = 1, WarningAlerts = 1, Health = HealthStatus.Degraded }),
        ("2 alerts! · 1 running", new() { Read = 1, Running = 1, WarningAlerts = 2 }),
        ("1 unknown! · 1 running", new() { Read = 1, Unknown = 1, Running = 1 }),
        ("unreachable!", new() { Unreachable = 1, ErrorAlerts = 1 }),
        ("1 unreachable! · 1 failed! · 1 running", new() { Unreachable = 1, Read = 1, Failed = 1, Running = 1 }),
        ("1 paused! · 2 running", new() { Read = 1, Paused = 1, Running = 2 }),
        ("asleep", new() { Asleep = 1 }),
        ("2 asleep", new() { Asleep = 2 }),
        ("healthy · 1 asleep · 1 running", new() { Read = 1, Asleep = 1, Running = 1 }),
        ("1 not read yet! · 1 asleep", new() { NotRead = 1, Asleep = 1 }),
    ];

    [Fact]
    public void It_begins_with_the_worst_of_what_is_shown() =>
        Assert.All(Table, static row => Assert.Equal(row.Expected, Text(row.Facts)));

    [Fact]
    public void Healthy_never_stands_beside_anything_that_is_wrong_or_not_read()
    {
        int[] counts = [0, 1, 2];
        var all =
            from unreachable in counts
            from failed in counts
            from errors in counts
            from notRead in counts
            from unknown in counts
            from health in Enum.GetValues<HealthStatus>()
            select new FleetCounts
            {
                Read = 1,
                Unreachable = unreachable,
                Failed = failed,
                ErrorAlerts = errors,
                NotRead = notRead,
                Unknown = unknown,
                Health = health,
            };
        foreach (var facts in all)
        {
            var wrong = facts.Unreachable + facts.Failed + facts.ErrorAlerts + facts.NotRead + facts.Unknown;
            Assert.Equal(wrong == 0 && facts.Health == HealthStatus.Healthy, Text(facts).Contains("healthy", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_calls_for_a_person_is_what_the_header_marks_of_what_was_read()
    {
        int[] counts = [0, 1];
        var all =
            from failed in counts
            from waiting in counts
            from paused in counts
            from unknown in counts
            from errors in counts
            from warnings in counts
            from health in Enum.GetValues<HealthStatus>()
            select new FleetCounts
            {
                Read = 1,
                Running = 1,
                Asleep = 1,
                Failed = failed,
                Waiting = waiting,
                Paused = paused,
                Unknown = unknown,
                ErrorAlerts = errors,
                WarningAlerts = warnings,
                Health = health,
            };

        Assert.All(all, static facts => Assert.Equal(HeaderRule.Parts(facts).Any(static part => part.Calls), facts.CallsForPerson));
    }

    [Fact]
    public void A_killed_run_is_failed_and_never_healthy()
    {
        var repo = new WatchedRepo();
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(RuntimeText.State(true))
            .Events(Event("loop_start"), Event("iteration_start")).Look();
        Assert.Equal("healthy · 1 running", Text(repo.Fleet));

        repo.Wait(1).Process(alive: false).Look();
        Assert.Equal("1 failed!", Text(repo.Fleet));
    }

    [Fact]
    public void A_loop_that_has_never_run_is_no_worry()
    {
        var repo = new WatchedRepo();
        repo.Put(OpsManager.Contract.ArtifactPaths.Loop(Loop) + "/plan.md", "x").Look();

        Assert.Equal("healthy", Text(repo.Fleet));
    }

    [Fact]
    public void A_repository_that_was_opened_and_not_looked_at_is_not_read_yet()
    {
        Assert.Equal("not read yet!", Text(FleetModel.Empty));
        Assert.Equal("not read yet!", Text(Fold(Opened)));
        Assert.Equal("3 not read yet!", Text(MadeFleet.Of(3).Header));
    }

    [Fact]
    public void A_repository_that_cannot_be_read_is_unreachable() =>
        Assert.Equal("unreachable!", Text(Fold(Opened, new SourceFailed(WatchedRepo.Start, WatchedRepo.Path, "no such disk"))));

    [Theory]
    [InlineData(ConnectionMode.Unknown, null, false, "not read yet!")]
    [InlineData(ConnectionMode.Unknown, "connection refused", false, "unreachable!")]
    [InlineData(ConnectionMode.LastKnown, "connection refused", false, "unreachable!")]
    [InlineData(ConnectionMode.Unknown, null, true, "asleep")]
    [InlineData(ConnectionMode.LastKnown, "connection refused", true, "asleep")]
    [InlineData(ConnectionMode.Service, null, false, "healthy")]
    public void A_sprite_is_what_is_known_of_it(ConnectionMode reach, string? fault, bool isAsleep, string expected)
    {
        var sprite = new SpriteState
        {
            Name = "billing",
            ConnectionMode = reach,
            Fault = fault,
            AsleepSince = isAsleep ? WatchedRepo.Start : null
        };

        Assert.Equal(expected, Text(Fold(Opened, new SpriteSeen(WatchedRepo.Start, WatchedRepo.Path, sprite))));
    }

    [Fact]
    public void A_sprite_that_nothing_was_heard_of_counts()
    {
        var fleet = MadeFleet.Of(2);

        Assert.Equal("2 not read yet!", Text((fleet with { Fleet = FleetModel.Empty }).Header));
    }

    private static RepoOpened Opened => new(WatchedRepo.Start, WatchedRepo.Path);

    private static FleetModel Fold(params Observation[] seen) => new Reducer(FoldOptions.Default).Reduce(FleetModel.Empty, seen);

    private static string Text(FleetModel fleet) => Text(FleetDigest.From(fleet, null).Header);

    private static string Text(FleetCounts facts) =>
        string.Join(" · ", HeaderRule.Parts(facts).Select(static part => part.Text + (part.Calls ? "!" : "")));
}
