using OpsManager.Tests.Tui;
using Xunit;

namespace OpsManager.Tests.Verbs;

[Collection(nameof(ProcessWide))]
public sealed class FleetVerbTests : IDisposable
{
    private readonly Shell shell = Shell.At("completes");

    public FleetVerbTests()
    {
        shell.Variables["XDG_CONFIG_HOME"] = shell.Root;
        Directory.CreateDirectory(shell.Full("ops-manager"));
    }

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("--repo cannot be used with --sprite or --fleet", "--repo", ".", "--fleet")]
    [InlineData("--repo cannot be used with --sprite or --fleet", "watch", "--lines", "--repo", ".", "--sprite", "here")]
    [InlineData("there is no sprite \"heer\" in config.yaml; did you mean \"here\"?", "watch", "--lines", "--sprite", "heer")]
    [InlineData("there is no sprite \"heer\" in config.yaml; did you mean \"here\"?", "--sprite", "heer")]
    public async Task What_is_to_be_watched_must_be_there_and_of_one_kind(string message, params string[] args)
    {
        Write($"sprites:\n  here: {{ path: {shell.Root} }}\n");

        var result = await shell.RunAsync([.. args.Select(arg => arg == "." ? shell.Root : arg)]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_sprites_or_with_a_broken_file_there_is_no_fleet()
    {
        Assert.Contains("has no sprites", (await shell.RunAsync("watch", "--lines", "--fleet")).Error, StringComparison.Ordinal);
        Write("sprites:\n  here: {}\n");
        Assert.Contains(
            "config.yaml, line 2: sprite \"here\" cannot be reached", (await shell.RunAsync("watch", "--lines", "--fleet")).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_tells_how_sprites_are_reached_and_what_is_wrong_and_never_a_token()
    {
        shell.Variables["SET"] = "secret-of-a-variable";
        File.WriteAllText(shell.Full("token"), "secret-of-a-file");
        Write($$"""
            sprites:
              here: { path: {{shell.Root}}, labels: [prod], stage: passive }
              gone: { path: /nowhere/at-all }
              far:
                url: https://far.example.org/ops
                sprite-token: { env: SET }
                service-token: { file: {{shell.Full("token")}} }
              farther:
                pull: [no-such-command-here]
                url: https://farther.example.org
                sprite-token: { env: UNSET }
                service-token: { file: /nowhere/token }
            """);

        var result = await shell.RunAsync("doctor");

        Assert.Contains($"here (files in {shell.Root}; passive; prod)", result.Output, StringComparison.Ordinal);
        Assert.Contains("far (reached by https://far.example.org/ops)", result.Output, StringComparison.Ordinal);
        Assert.Contains("sprite gone: /nowhere/at-all has no .superloop", result.Output, StringComparison.Ordinal);
        Assert.Contains("sprite farther: sprite-token: the variable UNSET is not set", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "sprite farther: service-token: /nowhere/token does not exist, or is not a file", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "sprite farther: no-such-command-here (first word of \"pull\") is not on PATH", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sprite far:", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_and_info_name_the_stream_and_what_is_in_its_way()
    {
        Write("""
            nats:
              servers: [nats://nats.example.org:4222]
              nkey: /nowhere/screen.nk
              tls: { ca: /nowhere/ca.pem }
            sprites:
              shop: { nats: true, url: "https://shop.example.org" }
            """);

        var doctor = await shell.RunAsync("doctor");
        var info = await shell.RunAsync("info");

        Assert.Contains("nats://nats.example.org:4222 (stream SUPERLOOP)", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("shop (read from the stream; reached by https://shop.example.org", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("nats: nkey: /nowhere/screen.nk does not exist, or is not a file", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("nats: ca of tls: /nowhere/ca.pem does not exist", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("stream SUPERLOOP of nats://nats.example.org:4222", info.Output, StringComparison.Ordinal);
        Assert.Contains("the stream, else https://shop.example.org", info.Output, StringComparison.Ordinal);
    }

    private void Write(string text) => File.WriteAllText(shell.Full("ops-manager/config.yaml"), text);
}
