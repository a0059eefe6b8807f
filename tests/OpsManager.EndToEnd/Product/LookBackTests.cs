using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary><c>b</c> in the real program on a real run: back in time, and to the live run again, while the run goes on.</summary>
public sealed class LookBackTests : IDisposable
{
    private const string Loop = "checkout-flow";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly OperatorsHome home = new();
    private readonly RuntimeRepo repo = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        home.Dispose();
        repo.Dispose();
    }

    [Fact]
    public async Task A_run_is_gone_back_in_and_what_happened_meanwhile_is_recorded_too()
    {
        home.Config("config.yaml", "record: always\n");
        await using var screen = await StartAsync();
        await repo.RunToEndAsync(Loop, "approval");
        await Shows(screen, "waiting", Loop);

        await screen.PressAsync(Cancel, "b");
        await Shows(screen, " PAST ", "paused", "waiting");
        // The past goes on to be recorded while it is shown.
        await repo.RunToEndAsync("other-loop", "complete");
        await screen.PressAsync(Cancel, "Home");
        await Shows(screen, " PAST ", "00:00 /");
        await screen.PressAsync(Cancel, "End");
        await Shows(screen, " PAST ", "the present");
        await screen.PressAsync(Cancel, "End");
        await screen.WaitForAsync(
            static text => !text.Contains(" PAST ", StringComparison.Ordinal) && text.Contains("other-loop", StringComparison.Ordinal),
            Patience, Cancel);

        await screen.PressAsync(Cancel, "b");
        await Shows(screen, " PAST ", "other-loop", "complete");
        await screen.PressAsync(Cancel, "Escape");
        await screen.WaitForAsync(static text => !text.Contains(" PAST ", StringComparison.Ordinal), Patience, Cancel);
    }

    [Fact]
    public async Task Without_the_setting_the_key_says_how_to_turn_it_on()
    {
        await repo.RunToEndAsync(Loop, "complete");
        await using var screen = await StartAsync();
        await Shows(screen, "complete", Loop);

        await screen.PressAsync(Cancel, "b");

        await Shows(screen, "record: always");
    }

    private static Task<string> Shows(TmuxScreen screen, params string[] words) =>
        screen.WaitForAsync(text => words.All(word => text.Contains(word, StringComparison.Ordinal)), Patience, Cancel);

    private Task<TmuxScreen> StartAsync() =>
        TmuxScreen.StartAsync($"{OpsManagerBinary.Path} --repo {repo.Root}", 140, 40, Cancel, home.Environment());
}
