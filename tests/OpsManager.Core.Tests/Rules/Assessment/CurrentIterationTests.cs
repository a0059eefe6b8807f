using OpsManager.Core.Rules.Assessment;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>Nothing is said of an iteration that the run is not in.</summary>
public sealed class CurrentIterationTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void A_run_is_in_no_iteration_before_its_first()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start"));
        repo.Look();
        Assert.Null(CurrentIteration.Of(repo.Loop));

        repo.Events(Event("iteration_start"));
        repo.Look();
        Assert.NotNull(CurrentIteration.Of(repo.Loop));
    }
}
