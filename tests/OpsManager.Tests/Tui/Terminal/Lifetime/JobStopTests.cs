using OpsManager.Tui.Terminal.Lifetime;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Lifetime;

/// <summary>That it stops the job is tested in real terminals, end to end: here it would stop the tests.</summary>
public sealed class JobStopTests
{
    [Fact]
    public void Without_a_terminal_no_other_job_can_have_it()
    {
        var stop = new JobStop(-1);
        Assert.True(stop.IsForeground);
        Assert.False(stop.IsUnderWay);
    }
}
