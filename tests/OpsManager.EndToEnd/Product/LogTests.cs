using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The log of a run in the real program.</summary>
public sealed class LogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    public async Task The_log_of_who_works_is_followed_searched_and_left(int columns, int rows)
    {
        using var repo = new LiveRepo();
        var folder = Path.Combine(repo.Root, ".superloop", "loops", LiveRepo.Loop, "logs", "iter-1");
        Directory.CreateDirectory(folder);
        var log = Path.Combine(folder, "planner.log");
        await File.WriteAllLinesAsync(
            log, Enumerable.Range(1, 200).Select(static at => $"\e[32mstep\e[0m {at} \e[2J\e]0;owned\a"), Cancel);
        repo.Append("role_start", role: "planner");
        await using var screen =
            await TmuxScreen.StartAsync(
                $"{OpsManagerBinary.Path} --repo {repo.Root} --fresh; echo left $?; exec sh", columns, rows, Cancel);
        async Task Shows(params string[] parts) => await screen.WaitForAsync(
            text => parts.All(part => text.Contains(part, StringComparison.Ordinal)), Patience, Cancel);
        await Shows("running", "planner");

        await screen.TypeAsync("l", Cancel);
        await Shows("LOG  checkout-flow · iteration 1 · planner · following · 200 lines", "step 200");
        await File.AppendAllTextAsync(log, "the newest\n", Cancel);
        await Shows("201 lines", "the newest");
        await screen.TypeAsync("/ 50", Cancel);
        await screen.PressAsync(Cancel, "Enter");
        await Shows("step 50", "no match below, this is the nearest above");
        await screen.TypeAsync("n", Cancel);
        await Shows("went on from the start");
        await screen.PressAsync(Cancel, "Escape");
        await Shows("Esc closes");
        repo.Append("role_end", role: "planner");
        await File.WriteAllTextAsync(Path.Combine(folder, "implementer.log"), "edits\n", Cancel);
        repo.Append("role_start", role: "implementer");
        await screen.TypeAsync("G", Cancel);
        await Shows("iteration 1 · implementer", "edits");
        await screen.PressAsync(Cancel, "Escape");
        await Shows("RUNS (1)");
        await screen.TypeAsync("q", Cancel);
        await Shows("left 0");
    }
}
