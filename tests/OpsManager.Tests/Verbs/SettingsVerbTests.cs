using System.Text.Json;
using OpsManager.Tests.Tui;
using Xunit;

namespace OpsManager.Tests.Verbs;

[Collection(nameof(ProcessWide))]
public sealed class SettingsVerbTests : IDisposable
{
    private readonly Shell shell = Shell.At("completes");

    public SettingsVerbTests() => shell.Variables["XDG_CONFIG_HOME"] = shell.Root;

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Keys_are_those_of_the_keymap_in_force()
    {
        Write("config.yaml", "keymap: mine\n");
        Write("keymaps/mine.yaml", "name: mine\nkeys:\n  sort: [S, F2]\n");

        var table = await shell.RunAsync("keys");
        Assert.Contains(
            table.Lines,
            static line => line.StartsWith("sort ", StringComparison.Ordinal) && line.Contains("S, F2", StringComparison.Ordinal));

        using var json = JsonDocument.Parse((await shell.RunAsync("keys", "--json")).Output);
        Assert.Equal($"{shell.Root}/ops-manager/keymaps/mine.yaml", json.RootElement.GetProperty("file").GetString());
        Assert.Contains(json.RootElement.GetProperty("actions").EnumerateArray(), static row =>
            row.GetProperty("action").GetString() == "delete-word"
                && row.GetProperty("context").GetString() == "prompt"
                && row.GetProperty("keys")[0].GetString() == "Ctrl+W");

        Assert.Contains(
            "| `quit` | `q`, `Z Z`, `Z Q`, `Ctrl+Q`, `Ctrl+C` |", (await shell.RunAsync("keys", "--markdown", "--keymap", "vim")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keymap_file_can_be_checked()
    {
        Write("good.yaml", "name: good\nbase: vim\nkeys:\n  sort: [S]\n");
        Write("bad.yaml", "name: bad\nkeys:\n  sort: [Ctrl+M]\n");

        var good = await shell.RunAsync("keys", "--check", Full("good.yaml"));
        Assert.Equal((0, $"{Full("good.yaml")}: valid keymap good\n", ""), (good.ExitCode, good.Output, good.Error));
        var bad = await shell.RunAsync("keys", "--check", Full("bad.yaml"));
        Assert.Equal((1, ""), (bad.ExitCode, bad.Output));
        Assert.StartsWith(
            $"{Full("bad.yaml")}, line 3: a terminal cannot send Ctrl+M: the program gets Enter instead",
            bad.Error, StringComparison.Ordinal);
        Assert.Contains(
            "there is no such file", (await shell.RunAsync("keys", "--check", Full("none.yaml"))).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys", "--keymap", "vmi")]
    [InlineData("--keymap", "vmi", "--demo")]
    [InlineData("--theme", "drak", "--demo")]
    public async Task A_name_that_is_none_is_an_error_that_lists_the_names(params string[] args)
    {
        var result = await shell.RunAsync(args);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Matches(
            "^there is no (keymap \"vmi\"; keymaps are default, emacs, vim|theme \"drak\"; themes are colour-blind, .*)\n$", result.Error);
    }

    [Fact]
    public async Task With_strict_a_broken_file_keeps_the_screen_from_opening()
    {
        Write("config.yaml", "theme: [a]\n");

        var result = await shell.RunAsync("--strict", "--demo");

        Assert.Equal((1, $"{Full("config.yaml")}, line 1: a plain word is expected here\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task The_doctor_says_what_was_chosen_and_why_and_what_is_wrong()
    {
        shell.Variables["TERM"] = "linux";
        shell.Variables["TMUX"] = "/run/tmux";
        shell.Variables["LANG"] = "C";
        Write("themes/mine.yaml", "name: mine\n");

        var result = await shell.RunAsync("doctor");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(result.Lines, static line => line.StartsWith("colours ", StringComparison.Ordinal)
            && line.EndsWith("16 (TERM is linux, which does not say that there are more; --color overrides)", StringComparison.Ordinal));
        Assert.Contains(result.Lines, static line => line.StartsWith("characters ", StringComparison.Ordinal)
            && line.EndsWith("ASCII only (LANG is C, which is not UTF-8)", StringComparison.Ordinal));
        Assert.Contains(result.Lines, static line => line.StartsWith("theme ", StringComparison.Ordinal)
            && line.EndsWith("sixteen (themes/sixteen.yaml; the default with sixteen colours)", StringComparison.Ordinal));
        Assert.Contains(
            result.Lines,
            static line => line.StartsWith("multiplexer ", StringComparison.Ordinal) && line.EndsWith("tmux", StringComparison.Ordinal));
        Assert.Contains(result.Lines, static line => line.EndsWith("by our own loop: the self-test passed", StringComparison.Ordinal));
        Assert.Contains($"  {Full("themes/mine.yaml")}, line 1: \"roles\" is missing", result.Lines);

        Assert.Equal(1, (await shell.RunAsync("doctor", "--strict")).ExitCode);
        using var json = JsonDocument.Parse((await shell.RunAsync("doctor", "--json")).Output);
        Assert.Contains(
            json.RootElement.GetProperty("facts").EnumerateArray(),
            static fact => fact.GetProperty("topic").GetString() == "keymap" && fact.GetProperty("value").GetString() == "default");
        Assert.NotEmpty(json.RootElement.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public async Task The_doctor_looks_for_the_runtimes_command_as_the_screen_would()
    {
        Assert.Contains(" not found (no SUPERLOOP_BIN, no superloop.sh in ", await RuntimeAsync(), StringComparison.Ordinal);

        var file = shell.Full("superloop");
        File.WriteAllText(file, "#!/bin/sh\n");
        shell.Variables["PATH"] = shell.Root;
        Assert.EndsWith("no superloop or superloop.sh on PATH)", await RuntimeAsync(), StringComparison.Ordinal);

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.EndsWith($" {file} (found by PATH)", await RuntimeAsync(), StringComparison.Ordinal);
        Assert.EndsWith(
            " cannot be used (--superloop-bin is set to /no/such, which does not exist)",
            await RuntimeAsync("--superloop-bin", "/no/such"),
            StringComparison.Ordinal);

        async Task<string> RuntimeAsync(params string[] options) =>
            (await shell.RunAsync(["doctor", .. options])).Lines
                .Single(static line => line.StartsWith("runtime command ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_doctor_says_how_the_operator_is_called_and_finds_a_command_that_is_not_there()
    {
        Assert.Contains((await shell.RunAsync("doctor")).Lines, static line =>
            line.StartsWith("notify ", StringComparison.Ordinal) && line.EndsWith(" bell (the default)", StringComparison.Ordinal));

        shell.Variables["TMUX"] = "/run/tmux";
        Write("config.yaml", "notify:\n  terminal: osc9\n  command: [/no/such/page, --now]\n  per-minute: 3\n");
        var result = await shell.RunAsync("doctor");

        Assert.Contains(result.Lines, line => line.EndsWith(
            $" osc9, and /no/such/page at most 3 times a minute (chosen in {Full("config.yaml")}; through tmux, if its "
                + $"configuration has \"set -g allow-passthrough on\")",
            StringComparison.Ordinal));
        Assert.Contains($"  {Full("config.yaml")}: the command of notify, /no/such/page, does not exist", result.Lines);
    }

    private string Full(string path) => $"{shell.Root}/ops-manager/{path}";

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }
}
