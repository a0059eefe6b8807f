using System.Globalization;
using OpsManager.Contract.Manager;
using OpsManager.Core.Reports;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Shell;

/// <summary>A part of the header's verdict.</summary>
/// <param name="Calls">It wants somebody.</param>
/// <param name="IsHealth">It is a health, whose codes say why.</param>
internal readonly record struct HeaderPart(string Text, bool Calls, bool IsHealth = false);

/// <summary>
/// The one rule for the header (docs/screen.md, "The header"): it begins with the worst of what the screen shows, and what else can
/// be counted follows. It is healthy only where something was read and nothing of that is wrong.
/// </summary>
internal static class HeaderRule
{
    public static IReadOnlyList<HeaderPart> Parts(FleetCounts facts)
    {
        HeaderPart unreachable = Sources(facts.Unreachable, facts, "unreachable", calls: true),
            failed = Count(facts.Failed, "failed"),
            paused = Count(facts.Paused, "paused"),
            notRead = Sources(facts.NotRead, facts, "not read yet", calls: true),
            unknown = Count(facts.Unknown, "unknown"),
            asleep = Sources(facts.Asleep, facts, "asleep", calls: false);
        var worst = facts switch
        {
            { Unreachable: > 0 } => unreachable,
            { Failed: > 0 } => failed,
            { Health: HealthStatus.Critical } => new("critical", true, IsHealth: true),
            { ErrorAlerts: > 0 } => Alerts(facts),
            { Health: HealthStatus.Degraded } => new("degraded", true, IsHealth: true),
            { WarningAlerts: > 0 } => Alerts(facts),
            { Paused: > 0 } => paused,
            { NotRead: > 0 } => notRead,
            { Unknown: > 0 } => unknown,
            { Read: > 0 } => new("healthy", false),
            { Asleep: > 0 } => asleep,
            _ => new HeaderPart("not read yet", true),
        };
        List<HeaderPart> parts = [worst];
        void Add(int count, HeaderPart part)
        {
            if (count > 0 && part != worst)
            {
                parts.Add(part);
            }
        }

        Add(facts.Unreachable, unreachable);
        Add(facts.Failed, failed);
        Add(facts.Waiting, Count(facts.Waiting, "waiting"));
        Add(facts.Paused, paused);
        Add(facts.NotRead, notRead);
        Add(facts.Unknown, unknown);
        Add(facts.Asleep, asleep);
        Add(facts.Running, new($"{Text(facts.Running)} running", false));
        return parts;
    }

    private static HeaderPart Count(int count, string word) => new($"{Text(count)} {word}", true);

    /// <summary>Of one source there is nothing to count.</summary>
    private static HeaderPart Sources(int count, FleetCounts facts, string word, bool calls) =>
        new(facts.Sources == 1 ? word : $"{Text(count)} {word}", calls);

    private static HeaderPart Alerts(FleetCounts facts) =>
        new(Numbers.Count(facts.ErrorAlerts + facts.WarningAlerts, "alert", "alerts"), true);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
