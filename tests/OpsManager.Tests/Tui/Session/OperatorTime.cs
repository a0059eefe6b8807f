namespace OpsManager.Tests.Tui.Session;

/// <summary>The time of an operator in front of a screen: it passes when a test says so, and what is due happens then.</summary>
internal sealed class OperatorTime
{
    private readonly List<(TimeSpan At, Action Action)> timers = [];

    /// <summary>How long the session has run. It has just begun.</summary>
    public TimeSpan Uptime { get; private set; } = TimeSpan.FromSeconds(1);

    public void After(TimeSpan delay, Action action) => timers.Add((Uptime + delay, action));

    public void Pass(double seconds)
    {
        Uptime += TimeSpan.FromSeconds(seconds);
        foreach (var timer in timers.Where(timer => timer.At <= Uptime).ToArray())
        {
            timers.Remove(timer);
            timer.Action();
        }
    }
}
