using OpsManager.Cli;
using OpsManager.Sources.Files;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Cli;

/// <summary>What is said of a command line that cannot be carried out: the fault, one line of usage, and where the help is.</summary>
public sealed class CommandFaultsTests : IDisposable
{
    private readonly Shell shell = Shell.At("completes");

    [Theory]
    [InlineData("there is no verb and no directory \"staus\"; did you mean \"status\"?", "staus")]
    [InlineData("there is no verb and no directory \"staus\"; did you mean \"status\"?", "staus", "--loop", "x")]
    [InlineData("there is no verb and no directory \"loop\"; did you mean \"loops\"?", "loop", "--json")]
    [InlineData("there is no directory \"./status\"", "./status")]
    [InlineData("there is no verb \"sow\"; did you mean \"show\"?", "incident", "sow")]
    [InlineData("incident needs a verb: show", "incident")]
    [InlineData("there is no option \"--rpo\"; did you mean \"--repo\"?", "--rpo", "x")]
    [InlineData("there is no option \"--lop\"; did you mean \"--loop\"?", "status", "--lop", "x")]
    [InlineData("there is no option \"--lop\"; did you mean \"--loop\"?", "status", "--lop=x")]
    [InlineData("there is no option \"--idl\"; did you mean \"--idle\"?", "replay", "--idl", "3s", "completes")]
    [InlineData("there is no option \"--quiet\"", "validate", "--quiet")]
    [InlineData("there is no option \"-x\"", "-x")]
    [InlineData("loops takes no \".\": name the repository with --repo .", "loops", ".")]
    [InlineData("status takes no \"checkout-flow\": it has options only", "status", "checkout-flow", "--loop", "x")]
    [InlineData("\"c\" is one too many: report takes at most 1", "report", "a", "c")]
    [InlineData("validate needs FILE...", "validate")]
    [InlineData("--loop is required", "status")]
    [InlineData("--loop needs a value", "status", "--loop")]
    [InlineData("--loop can be given once", "status", "--loop", "a", "--loop", "b")]
    [InlineData("--set must be one of assisted, passive, found \"no\"", "stage", "--loop", "x", "--set", "no")]
    [InlineData("--notify must be one of bell, none, osc777, osc9, found \"bel\"; did you mean \"bell\"?", "--notify", "bel")]
    [InlineData("--max-events must be a whole number, found \"many\"", "events", "--loop", "x", "--max-events", "many")]
    [InlineData("--port is too large: 99999999999", "serve", "--port", "99999999999")]
    [InlineData("--cursor cannot be used with --cursor-file or --from-start.", "events", "--loop", "x", "--cursor", "3", "--from-start")]
    [InlineData("there is no completion for the shell \"tcsh\"; there is one for bash, zsh and fish", "completion", "tcsh")]
    [InlineData("--repo must follow the verb: ops-manager status --repo x", "--repo", "x", "status", "--loop", "y")]
    [InlineData("--theme must follow the verb: ops-manager replay --theme mono", "--theme", "mono", "replay", "completes")]
    [InlineData("--fresh is an option of the screen, and \"doctor\" does not have it; leave it out", "--fresh", "doctor")]
    [InlineData("--fresh is an option of the screen, and \"doctor\" does not have it; leave it out", "doctor", "--fresh")]
    [InlineData("there is no option \"--no-redact\"", "--no-redact", "record")]
    [InlineData("there is no verb and no directory \"staus\"; did you mean \"status\"?", "staus", "--help")]
    public async Task A_fault_is_one_line_before_the_usage_and_where_the_help_is(string fault, params string[] args)
    {
        var result = await shell.RunAsync(args);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(fault, lines[0]);
        Assert.StartsWith("usage: ops-manager", lines[1], StringComparison.Ordinal);
        Assert.Matches("^try \"ops-manager( .*)? --help\"$", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task A_repository_before_a_verb_is_told_where_it_belongs()
    {
        var result = await shell.RunAsync(shell.Root, "loops");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(
            $"a repository must follow the verb: ops-manager loops --repo {shell.Root}\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_in_the_place_of_a_repository_is_told_how_it_is_played()
    {
        var tape = RepoRoot.Combine("sample-runs", "completes.tape.jsonl");

        var result = await shell.RunAsync(tape);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"to play a recording: ops-manager replay {tape}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_without_an_option_is_that_of_the_screen()
    {
        var result = await shell.RunAsync(shell.Root, "--sprite", "worker");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("--repo cannot be used with --sprite or --fleet", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_options_that_are_missing_are_all_named()
    {
        var result = await shell.RunAsync("control");

        Assert.StartsWith(
            "--loop is required\n--intent is required\nusage: ops-manager control --loop LOOP", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_option_of_any_verb_answers_in_the_words_of_the_parser()
    {
        var context = new VerbContext(new HostFileSystem(), shell.Time, static _ => null, static () => "trace-1");
        var verbs = CommandLine.Root(context).Subcommands
            .SelectMany(static verb => verb.Options.Select(option => (Verb: verb, Option: option)))
            .Where(static one => one.Option.ValueType != typeof(bool) && one.Option.Arity.MinimumNumberOfValues > 0)
            .ToArray();
        Assert.NotEmpty(verbs);
        foreach (var (verb, option) in verbs)
        {
            string[] twice = [verb.Name, option.Name, "\u00e9", option.Name, "\u00e9"];
            foreach (var args in new[] { twice[..2], twice })
            {
                // Where nothing is wrong with the command line, the verb would start.
                if (CommandLine.Root(context).Parse(args) is { Errors.Count: > 0 } parsed)
                {
                    var faults = new CommandFaults(parsed, context.Files).All();
                    Assert.NotEmpty(faults);
                    Assert.DoesNotContain(faults, static fault =>
                        fault.Contains("System.", StringComparison.Ordinal) || fault.Contains("argument", StringComparison.Ordinal));
                }
            }
        }

        Assert.Equal(0, (await shell.RunAsync("--help")).ExitCode);
    }

    public void Dispose() => shell.Dispose();
}
