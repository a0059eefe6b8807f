using System.CommandLine;
using System.IO.Abstractions;
using System.Net;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Control.Escalate;
using OpsManager.Sources.Files;
using OpsManager.Tests.Service;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>
/// A cloned repository in which the manager's own files lead out of it: no verb writes there, and each says which path it
/// refuses.
/// </summary>
public sealed class HostileRepositoryTests : IDisposable
{
    private const string Manager = ".superloop/ops-manager/" + Shell.Loop;
    private const string Text = "export PATH\n";

    private readonly Shell shell = Shell.At("role-fails");
    private readonly string outside = Directory.CreateTempSubdirectory("ops-manager-outside-").FullName;

    public HostileRepositoryTests() => File.WriteAllText(Profile, Text);

    private string Profile => Path.Combine(outside, ".bashrc");

    public void Dispose()
    {
        shell.Dispose();
        Directory.Delete(outside, recursive: true);
    }

    [Theory]
    [InlineData("telemetry/sequence.jsonl")]
    [InlineData("telemetry/reconcile.jsonl")]
    [InlineData("telemetry/heartbeat.jsonl")]
    [InlineData("intents.jsonl")]
    public async Task A_rows_file_that_leads_out_is_not_written(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(shell.Full($"{Manager}/{name}"))!);
        File.CreateSymbolicLink(shell.Full($"{Manager}/{name}"), Profile);

        var result = await shell.LoopAsync("reconcile");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("symbolic link", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(Text, await File.ReadAllTextAsync(Profile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_manager_directory_that_leads_out_is_not_written()
    {
        Directory.CreateDirectory(shell.Full(".superloop/ops-manager"));
        Directory.CreateSymbolicLink(shell.Full(Manager), outside);

        foreach (var verb in new[] { "reconcile", "status" })
        {
            var result = await shell.LoopAsync(verb);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains($"{Manager} is a symbolic link", result.Output + result.Error, StringComparison.Ordinal);
        }

        Assert.Equal([Profile], Directory.GetFiles(outside, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_loop_that_is_a_link_is_listed_with_the_reason_and_not_read()
    {
        File.WriteAllText(Path.Combine(outside, "events.jsonl"), "{\"event\":\"secret\",\"timestamp\":\"2026-11-22T19:00:00Z\"}\n");
        Directory.CreateSymbolicLink(shell.Full(".superloop/loops/linked"), outside);

        var result = await shell.RunAsync("loops", "--repo", shell.Root, "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("loops/linked is a symbolic link", result.Output, StringComparison.Ordinal);

        var events = await shell.RunAsync("events", "--repo", shell.Root, "--loop", "linked");
        Assert.Equal(1, events.ExitCode);
        Assert.DoesNotContain("secret", events.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> VerbsBehindLinks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var verb in new[] {
                "snapshot", "events", "project", "reconcile", "stage", "control --intent approve", "control --intent cancel"
            })
            {
                foreach (var link in new[] { ".superloop", ".superloop/loops", ArtifactPaths.Loop(Shell.Loop) })
                {
                    data.Add(verb, link);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(VerbsBehindLinks))]
    public async Task Behind_a_link_every_verb_names_the_link_at_once(string verb, string link)
    {
        Directory.Move(shell.Full(link), Path.Combine(outside, "kept"));
        Directory.CreateSymbolicLink(shell.Full(link), Path.Combine(outside, "kept"));

        // Time stands still here: who waits for a first look would wait for ever.
        var words = verb.Split(' ');
        string[] command = words.Length > 1 ? ["--superloop-bin", "/bin/true"] : [];
        var result = await shell
            .LoopAsync(words[0], [.. words[1..], .. command])
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(1, result.ExitCode);
        AssertNames(link, result.Output + result.Error);
    }

    [Theory]
    [InlineData(".superloop")]
    [InlineData(".superloop/loops")]
    [InlineData($".superloop/loops/{Shell.Loop}")]
    public async Task Behind_a_link_the_service_names_the_link(string link)
    {
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);
        Directory.Move(shell.Full(link), Path.Combine(outside, "kept"));
        Directory.CreateSymbolicLink(shell.Full(link), Path.Combine(outside, "kept"));

        foreach (var path in new[] { "snapshot", "events", "file" })
        {
            using var answer = await service.GetAsync($"/ops/{path}?loopId={Shell.Loop}{(path == "file" ? "&name=usage.jsonl" : "")}");
            Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
            AssertNames(link, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(".superloop")]
    [InlineData(".superloop/loops")]
    public async Task A_service_behind_a_link_is_not_started(string link)
    {
        Directory.Move(shell.Full(link), Path.Combine(outside, "kept"));
        Directory.CreateSymbolicLink(shell.Full(link), Path.Combine(outside, "kept"));

        AssertNames(link, (await Assert.ThrowsAsync<ContractException>(() => RunningService.StartAsync(shell.Root, shell.Time))).Message);
    }

    [Fact]
    public async Task A_cursor_that_leads_out_is_not_moved_and_the_events_are_not_lost()
    {
        File.CreateSymbolicLink(shell.Full(ArtifactPaths.EventsCursor(Shell.Loop)), Profile);

        var result = await shell.LoopAsync("events");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("symbolic link", result.Error, StringComparison.Ordinal);
        Assert.Equal(Text, await File.ReadAllTextAsync(Profile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_superloop_that_is_a_link_is_refused_until_it_is_allowed()
    {
        Directory.Move(shell.Full(".superloop"), Path.Combine(outside, "kept"));
        Directory.CreateSymbolicLink(shell.Full(".superloop"), Path.Combine(outside, "kept"));

        var refused = await shell.LoopAsync("snapshot");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--allow-link", refused.Error, StringComparison.Ordinal);

        var allowed = await shell.LoopAsync("snapshot", "--allow-link", shell.Root);
        Assert.Equal((0, ""), (allowed.ExitCode, allowed.Error));
    }

    [Fact]
    public void Escalations_through_a_link_are_refused()
    {
        Directory.CreateDirectory(shell.Full(Manager));
        File.CreateSymbolicLink(shell.Full($"{Manager}/escalations.jsonl"), Profile);
        var escalations = new Escalations(new FileSystem(), shell.Time, shell.Root, Shell.Loop);

        var fault = Assert.ThrowsAny<IOException>(() => escalations.Append(new Escalation("health_degraded", "$(touch owned)", []), "t"));

        Assert.Contains("escalations.jsonl is a symbolic link", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Text, File.ReadAllText(Profile));
    }

    [Fact]
    public async Task A_log_of_eight_gibibytes_without_a_line_is_refused_after_a_part_of_it()
    {
        using (var log = new FileStream(shell.Full(ArtifactPaths.Events(Shell.Loop)), FileMode.Create))
        {
            log.SetLength(8L * 1024 * 1024 * 1024);
        }

        var large = await shell.LoopAsync("snapshot");
        Assert.Equal(1, large.ExitCode);
        Assert.Contains("larger than 4 GiB", large.Error, StringComparison.Ordinal);

        using (var log = new FileStream(shell.Full(ArtifactPaths.Events(Shell.Loop)), FileMode.Create))
        {
            log.SetLength(3L * 1024 * 1024 * 1024);
        }

        var endless = await shell.LoopAsync("snapshot");
        Assert.Equal(1, endless.ExitCode);
        Assert.Contains("one line that does not end", endless.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--no\u001b[31msuch")]
    [InlineData("ver\u0007b")]
    public async Task What_was_typed_is_said_back_without_its_control_characters(string word)
    {
        var result = await shell.RunAsync(word);

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain(result.Error.ReplaceLineEndings(""), char.IsControl);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_takes_no_more_is_told_in_one_line()
    {
        using var error = new StringWriter();
        await using var full = new StreamWriter(
            new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.Write, bufferSize: 0))
        { AutoFlush = true };
        var context = new VerbContext(new HostFileSystem(), shell.Time, static _ => null, static () => "t");

        var code = await CommandLine.RunAsync(
            ["--help"], context, new InvocationConfiguration { Output = full, Error = error }, TestContext.Current.CancellationToken);

        Assert.Equal(1, code);
        Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void AssertNames(string link, string text)
    {
        Assert.Contains(link, text, StringComparison.Ordinal);
        Assert.Contains("a symbolic link, which is not followed", text, StringComparison.Ordinal);
    }
}
