using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Health;
using OpsManager.Core.Rules.Projection;
using OpsManager.Core.Rules.Sequence;
using OpsManager.Sources.Local;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Projection;

/// <summary>The manager's state of one snapshot and the events that came with it.</summary>
public sealed class StateProjectorTests
{
    private readonly WatchedRepo repo = new WatchedRepo().State(State(true)).Events(Event("loop_start"), Event("role_start", 1));
    private DivergenceFlags? judged;

    [Fact]
    public void The_newest_event_is_the_signal()
    {
        var state = Project(newest: "role_end");

        Assert.Equal("event:role_end", state.Transition.TriggeringSignal);
        Assert.Equal(("role_end", "at role_end"), (state.Projection.LastEventName, state.Projection.LastEventAt));
        Assert.Equal((1L, "role_end"), (state.Evidence.EventsIngested, state.Evidence.NewestEvent!.Name));
        Assert.Equal(
            (Confidence.High, Lifecycle.Running), (state.Transition.Confidence, state.Transition.CurrentState));
    }

    [Fact]
    public void Without_an_event_the_snapshots_word_is_the_signal_and_its_newest_event_is_the_last_one()
    {
        var state = Project();

        Assert.Equal("snapshot_status:running", state.Transition.TriggeringSignal);
        Assert.Equal(("role_start", Time(1)), (state.Projection.LastEventName, state.Projection.LastEventAt));
        Assert.Equal((0L, null), (state.Evidence.EventsIngested, state.Evidence.NewestEvent));
        Assert.Equal(Confidence.Medium, state.Transition.Confidence);
    }

    [Fact]
    public void The_state_before_is_the_one_that_was_kept_and_there_is_none_where_reading_starts_over()
    {
        var before = new KeptState(Lifecycle.Idle, 0, default);

        Assert.Equal(Lifecycle.Idle, Project(before).Transition.PreviousState);
        Assert.Null(Project(before, fromStart: true).Transition.PreviousState);
        Assert.Null(Project().Transition.PreviousState);
    }

    [Theory]
    [InlineData(null, false, false)]
    [InlineData(1L, false, false)]
    [InlineData(2L, false, false)]
    [InlineData(3L, false, true)] // the log has two lines
    [InlineData(2L, true, true)]
    [InlineData(null, true, true)]
    public void A_log_that_is_shorter_or_another_one_is_a_regression_also_where_reading_starts_over(
        long? kept, bool isReplaced, bool isRegression)
    {
        foreach (var fromStart in (bool[])[false, true])
        {
            var state = Project(new KeptState(Lifecycle.Running, kept, default), "role_end", fromStart, isReplaced);

            Assert.Equal((isRegression, isRegression), (state.Divergence.Flags.CursorRegression, state.Divergence.Any));
            Assert.Equal(isRegression ? Confidence.Low : Confidence.High, state.Transition.Confidence);
            Assert.Same(state.Divergence.Flags, judged);
        }
    }

    [Theory]
    [InlineData(true, "role_end", false)]
    [InlineData(false, "role_end", true)]
    [InlineData(false, "loop_stop", false)]
    [InlineData(false, null, false)]
    public void Only_an_event_that_came_with_the_snapshot_needs_an_active_state(bool isActive, string? newest, bool isMismatch)
    {
        repo.Wait(1).State(State(isActive));

        var state = Project(newest: newest);

        Assert.Equal((isActive, isMismatch), (state.Projection.Active, state.Divergence.Flags.ActiveMismatch));
    }

    [Theory]
    [InlineData("pending", true, true)]
    [InlineData("pending", false, false)]
    [InlineData("approved", true, false)]
    public void A_pending_approval_of_a_run_that_is_complete_is_a_conflict(string approval, bool isComplete, bool isConflict)
    {
        repo.Wait(1).Approval(Approval(approval)).Summary(Summary((0, 1, isComplete)));

        var state = Project();

        Assert.Equal(isConflict, state.Divergence.Flags.ApprovalCompletionConflict);
        Assert.Equal((approval == "pending", isComplete), (state.Projection.HasPendingApproval, state.Projection.CompletionOk));
        Assert.Equal("""{"tests":"ok"}""", state.Projection.Gates!.Value.GetRawText());
    }

    [Fact]
    public void What_no_file_says_is_null_and_not_false()
    {
        repo.Wait(1).Remove(ArtifactPaths.State);

        var state = Project();

        Assert.Equal((null, null), (state.Projection.Active, state.Projection.CompletionOk));
        Assert.False(state.Divergence.Any);
    }

    private ManagerState Project(KeptState? before = null, string? newest = null, bool fromStart = false, bool isReplaced = false)
    {
        var loop = repo.Look();
        var events = new IngestedEvents();
        if (newest is not null)
        {
            events.Add(2, new NewestEvent { Line = 2, Name = newest, Timestamp = $"at {newest}" });
        }

        return StateProjector.Project(new ProjectionInput
        {
            Snapshot = SnapshotBuilder.Build(new LoopReading(repo.Repo, loop, repo.Files, repo.Now), "trace-1"),
            Events = events,
            Before = before,
            FromStart = fromStart,
            LogReplaced = isReplaced,
            Assessment = Assessor.Record(repo.Repo, loop, loop.Verdict),
            Sequence = SequenceRule.Judge(null, 2, events, fromStart),
            Health = Health,
            TraceId = "trace-1",
            Now = repo.Now,
        });
    }

    private HealthRecord Health(DivergenceFlags flags)
    {
        judged = flags;
        return new HealthRecord
        {
            SchemaVersion = ContractVersion.V1,
            UpdatedAt = repo.Now,
            Status = HealthStatus.Healthy,
            ReasonCodes = [],
            Thresholds = HealthThresholds.Balanced.ToRecord(),
            Observations = new HealthObservations { IngestLagSeconds = null, HeartbeatLagSeconds = null, TransportFailureStreak = 0 },
        };
    }
}
