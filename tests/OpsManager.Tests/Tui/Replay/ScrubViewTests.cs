using OpsManager.Configuration.Themes;
using OpsManager.Contract;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

public sealed class ScrubViewTests
{
    private static readonly LoopKey Run = new("tape", "loop");

    [Fact]
    public void Each_lifecycle_has_its_mark_over_its_time()
    {
        var state = State(0,
            Change(10, Lifecycle.Unknown), Change(20, Lifecycle.Running), Change(40, Lifecycle.AwaitingApproval),
            Change(60, Lifecycle.Failed), Change(70, Lifecycle.Idle), Change(80, Lifecycle.Stopped), Change(90, Lifecycle.Complete));

        Assert.Equal(" ┃~>>??!oxv", Text(state, 12));
        var marks = Enum.GetValues<Lifecycle>().Select(static lifecycle => Text(State(90, Change(0, lifecycle)), 12)[1]);
        Assert.Equal(Enum.GetValues<Lifecycle>().Length, marks.Distinct().Count());
    }

    [Fact]
    public void Each_lifecycle_has_its_colour()
    {
        var row = ScrubView.Compose(State(90, Change(0, Lifecycle.Running), Change(50, Lifecycle.Failed)), Run, 12);

        Assert.Equal(
            [(" ", StyleRole.Text), (">>>>>", StyleRole.Running), ("!!!!", StyleRole.Failed), ("┃", StyleRole.Selected)],
            row.Spans.Select(static span => (span.Text, span.Role)));
    }

    [Fact]
    public void The_end_of_the_recording_is_in_its_last_cell()
    {
        Assert.Equal("           ┃", Text(State(100), 13));
        Assert.Equal(" ┃", Text(State(0) with { Length = TimeSpan.Zero, ReadTo = TimeSpan.Zero }, 12).TrimEnd());
    }

    [Fact]
    public void Problems_are_marked()
    {
        var state = State(0, Change(0, Lifecycle.Running), Change(55, Lifecycle.Failed) with { Kind = ReplayPointKind.Problem });

        Assert.Equal(" ┃>>>>▲>>>>", Text(state, 12));
    }

    [Fact]
    public void What_needs_somebody_is_seen_however_short_it_was()
    {
        var state = State(
            90, Change(0, Lifecycle.Running), Change(41, Lifecycle.AwaitingApproval), Change(42, Lifecycle.Running),
            Change(61, Lifecycle.Failed), Change(62, Lifecycle.Running));

        Assert.Equal(" >>>>?>!>>┃", Text(state, 12));
    }

    [Fact]
    public void What_is_not_read_yet_is_dimmed()
    {
        var state = State(20, Change(0, Lifecycle.Running)) with { ReadTo = TimeSpan.FromSeconds(55) };
        var row = ScrubView.Compose(state, Run, 12);

        Assert.Equal(" >>┃>>>····", Text(state, 12));
        Assert.Equal(StyleRole.Muted, row.Spans[^1].Role);
    }

    [Fact]
    public void Only_the_run_that_is_shown_counts()
    {
        var state = State(0, Change(0, Lifecycle.Running), Change(50, Lifecycle.Failed) with { Loop = "other" });

        Assert.Equal(" ┃>>>>>>>>>", Text(state, 12));
        Assert.Equal(" ┃", string.Concat(ScrubView.Compose(state, null, 12).Spans.Select(static span => span.Text)).TrimEnd());
    }

    [Fact]
    public void In_ascii_every_mark_is_another()
    {
        var marks = "┃▲·".Select(static mark => AsciiStandIn.For(mark.ToString(), 1)).ToArray();

        Assert.Equal(["|", "^", "."], marks);
    }

    [Fact]
    public void A_hundred_thousand_points_are_one_pass()
    {
        var state = State(
            50, [.. Enumerable.Range(0, 100_000).Select(i => Change(i / 1000d, i % 2 == 0 ? Lifecycle.Running : Lifecycle.Failed))]);

        Assert.Equal(57, Text(state, 59).Trim().Length);
    }

    private static string Text(ReplayState state, int width)
    {
        var text = string.Concat(ScrubView.Compose(state, Run, width).Spans.Select(static span => span.Text));
        Assert.Equal(width - 1, text.Length);
        return text;
    }

    private static ReplayPoint Change(double seconds, Lifecycle lifecycle) =>
        new(TimeSpan.FromSeconds(seconds), ReplayPointKind.Lifecycle, Run.Repo, Run.Loop, lifecycle, "");

    private static ReplayState State(double at, params ReplayPoint[] points) => new()
    {
        Recording = new RecordingInfo("made", "Made"),
        Index = 0,
        Count = 1,
        RecordedAt = DateTimeOffset.UnixEpoch,
        At = TimeSpan.FromSeconds(at),
        Length = TimeSpan.FromSeconds(100),
        ReadTo = TimeSpan.FromSeconds(100),
        Points = [.. points],
    };
}
