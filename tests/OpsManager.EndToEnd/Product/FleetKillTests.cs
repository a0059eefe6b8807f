using System.Globalization;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// Publisher, server and reader are killed at random moments. A few here; eng/fleet-kills.sh plays as many as one likes.
/// </summary>
public sealed class FleetKillTests
{
    private const int Few = 12;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    [Fact]
    public async Task Whatever_is_killed_when_the_copy_is_the_log_and_the_stream_has_each_line_once()
    {
        var moments = int.TryParse(Variable("OPS_MANAGER_FLEET_KILLS"), CultureInfo.InvariantCulture, out var asked) ? asked : Few;
        var seed = int.TryParse(Variable("OPS_MANAGER_FLEET_KILLS_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next(1_000_000);
        using var fleet = new KilledFleet(seed);
        try
        {
            await fleet.PlayAsync(moments);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException($"moments of seed {seed}: {error.Message}\n{fleet.Story}", error);
        }

        var summary = $"{moments} moments of seed {seed}: {fleet.Written} lines, each there once\n{fleet.Story}\n";
        if (Variable("OPS_MANAGER_FLEET_KILLS_REPORT") is { } report)
        {
            await File.AppendAllTextAsync(report, summary, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>As a debugger or a suspended host stops them.</summary>
    [Fact]
    public async Task A_publisher_and_a_reader_that_are_stopped_for_a_while_go_on_and_miss_nothing()
    {
        const int Lines = 200;
        using var fleet = new KilledFleet(seed: 1);
        try
        {
            await fleet.PauseAsync(Lines);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{error.Message}\n{fleet.Story}", error);
        }
    }
}
