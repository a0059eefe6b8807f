using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Sources.Local;

public sealed class FailingHintTests
{
    [Fact]
    public void Hints_that_fail_leave_polling_to_go_on()
    {
        using var source = new ObservedSource();
        source.Append(ArtifactPaths.Events(Loop), Event("loop_start"));
        source.Observe();
        source.Pass(1);

        source.BreakHints();
        source.Append(ArtifactPaths.Events(Loop), Event("role_start", 1));
        source.Pass(250);

        Assert.Equal(2, source.Said.OfType<EventsSeen>().Last().Count);
    }
}
