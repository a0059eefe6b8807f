using System.Globalization;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// Random histories of several operators with real processes, which are killed at random moments. Too long for every check: played by
/// eng/control-histories.sh. The same in virtual time is in the unit tests (ControlHistoryTests).
/// </summary>
public sealed class ControlHistoriesTests
{
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    [Fact]
    public async Task In_any_history_confirmed_is_so_a_key_is_carried_out_once_and_a_cancel_waits_for_no_approval()
    {
        if (!int.TryParse(Variable("OPS_MANAGER_HISTORIES"), CultureInfo.InvariantCulture, out var count))
        {
            Assert.Skip("takes minutes: eng/control-histories.sh plays it");
        }

        var first = int.TryParse(Variable("OPS_MANAGER_HISTORIES_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Random.Shared.Next(1_000_000);
        var report = Variable("OPS_MANAGER_HISTORIES_REPORT") ?? Path.Combine(Path.GetTempPath(), "ops-manager-histories.txt");
        var total = new HistoryCounts();
        for (var at = 0; at < count; at++)
        {
            using var history = new RealHistory(first + at);
            try
            {
                await history.PlayAsync();
                total.Add(history.Counts);
                await File.AppendAllTextAsync(report, $"seed {first + at}: {history.Counts}\n", TestContext.Current.CancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                throw new InvalidOperationException($"history of seed {first + at}: {error.Message}\n{history.Story}", error);
            }
        }

        await File.AppendAllTextAsync(report, $"{count} histories from seed {first}: {total}\n", TestContext.Current.CancellationToken);
    }
}
