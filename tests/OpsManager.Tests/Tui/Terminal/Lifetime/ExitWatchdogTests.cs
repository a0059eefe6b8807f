using OpsManager.Tui.Terminal.Lifetime;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Lifetime;

/// <summary>That it ends a process which does not answer is tested with real processes, end to end.</summary>
public sealed class ExitWatchdogTests
{
    private readonly ExitWatchdog watchdog = new(TimeSpan.FromDays(1), static () => Assert.Fail("the process has ended by itself"));

    [Fact]
    public void It_watches_from_the_first_time_that_the_process_shall_end()
    {
        Assert.False(watchdog.IsWatching);
        watchdog.Watch(143);
        Assert.True(watchdog.IsWatching);
        watchdog.NoteAnswered();
    }

    [Fact]
    public void Who_waits_goes_on_at_once_when_the_process_ends_by_itself()
    {
        watchdog.Watch(143);
        watchdog.NoteAnswered();
        watchdog.Wait(TimeSpan.FromDays(1));
    }
}
