using System.Text.Json;
using OpsManager.Cli;
using Xunit;

namespace OpsManager.Tests.Verbs;

public sealed class InfoVerbTests : IDisposable
{
    private readonly Shell shell = Shell.At("completes");

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task It_says_version_paths_terminal_transports_and_the_runtime()
    {
        Home();
        shell.Write("home/.config/ops-manager/config.yaml", "theme: light\nmouse: true\n");
        shell.Write("bin/superloop.sh", "#!/bin/sh\ntouch started\n");
#pragma warning disable CA1416 // Not on Windows: neither is the program.
        File.SetUnixFileMode(shell.Full("bin/superloop.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        (shell.Variables["PATH"], shell.Variables["TERM"], shell.Variables["NO_COLOR"]) = (shell.Full("bin"), "xterm-256color", "1");

        var result = await shell.RunAsync("info");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(BuildStamp.Current.Version, Row(result, "version"));
        Assert.Equal(BuildStamp.Current.Commit ?? "unknown to this build", Row(result, "commit"));
        Assert.StartsWith("managed, .NET 10.", Row(result, "runtime"), StringComparison.Ordinal);
        Assert.Equal(shell.Full("home/.config/ops-manager/config.yaml"), Row(result, "config.yaml"));
        Assert.StartsWith("themes/light.yaml (in the executable; chosen in ", Row(result, "theme"), StringComparison.Ordinal);
        Assert.Equal("keymaps/default.yaml (in the executable; the default)", Row(result, "keymap"));
        Assert.Equal("none (config.yaml has no notify command)", Row(result, "notify hook"));
        Assert.Equal($"{shell.Full("home/.local/state/ops-manager")} (missing)", Row(result, "state directory"));
        Assert.Equal($"{shell.Full("home/.local/state/ops-manager/recordings")} (missing)", Row(result, "recordings"));
        Assert.Equal("none (NO_COLOR is set)", Row(result, "colours"));
        Assert.Equal("taken by the screen", Row(result, "mouse"));
        Assert.Equal("xterm-256color", Row(result, "TERM"));
        Assert.Equal("1", Row(result, "NO_COLOR"));
        Assert.Equal("not set", Row(result, "COLORTERM"));
        Assert.StartsWith($"{shell.Full("bin/superloop.sh")} (found by ", Row(result, "superloop"), StringComparison.Ordinal);
        Assert.Contains(result.Lines, static line => line.StartsWith("transport ", StringComparison.Ordinal)
            && line.Contains("sprite_service: ", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(shell.Root, "started", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task As_json_it_is_one_document_with_the_same()
    {
        Home();

        var result = await shell.RunAsync("info", "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        using var document = JsonDocument.Parse(result.Output);
        var root = document.RootElement;
        Assert.Equal(
            ["version", "commit", "runtime", "executable", "paths", "terminal", "transports", "superloop", "telemetry"],
            root.EnumerateObject().Select(static property => property.Name));
        Assert.Equal(BuildStamp.Current.Version, root.GetProperty("version").GetString());
        Assert.Equal("managed", root.GetProperty("runtime").GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("superloop").GetProperty("path").ValueKind);
        Assert.Contains(
            "superloop.sh was not found", root.GetProperty("superloop").GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_printed_wherever_the_settings_have_one()
    {
        Home();
        shell.Write("home/token", "file-secret\n");
        shell.Write(
            "home/.config/ops-manager/config.yaml",
            $$"""
            notify:
              command: [curl, "-H", "Authorization: hook-secret"]
            sprites:
              shop:
                url: https://shop.example.org
                sprite-token: { env: SHOP_TOKEN }
                service-token: { file: {{shell.Full("home/token")}} }
              billing:
                pull: [pull-it, "--token", "pull-secret"]
                repo: /srv/billing
            """);
        (shell.Variables["SHOP_TOKEN"], shell.Variables["OPS_MANAGER_SERVICE_TOKEN"]) = ("variable-secret", "service-secret");
        shell.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4318";
        shell.Variables["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=Bearer header-secret";

        foreach (var arguments in new[] { new[] { "info" }, ["info", "--json"] })
        {
            var result = await shell.RunAsync(arguments);

            Assert.Contains("https://shop.example.org", result.Output, StringComparison.Ordinal);
            Assert.Contains("pulled by pull-it", result.Output, StringComparison.Ordinal);
            Assert.Contains("http://127.0.0.1:4318", result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", result.Output + result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_config_that_cannot_be_read_is_not_quoted()
    {
        Home();
        shell.Write("home/.config/ops-manager/config.yaml", "token: my-secret\n");

        var result = await shell.RunAsync("info");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("cannot be used: \"ops-manager doctor\" says why", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Output, StringComparison.Ordinal);
    }

    private static string Row(Shell.Result result, string name) => Assert.Single(
        result.Lines, line => line.StartsWith(name + " ", StringComparison.Ordinal))[name.Length..].Trim();

    private void Home() => shell.Variables["HOME"] = shell.Full("home");
}
