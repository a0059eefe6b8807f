using System.CommandLine;
using System.IO.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Cli;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Files;
using OpsManager.Sources.Replay;

namespace OpsManager.Tests.Verbs;

/// <summary>The command line in this process, on a real directory that a tape was laid into, by a clock that stands.</summary>
internal sealed class Shell : IDisposable
{
    public const string Loop = "checkout-flow";

    private readonly TempRepo repo = new();
    private readonly FakeTimeProvider time = new() { AutoAdvanceAmount = TimeSpan.Zero };

    private Shell()
    {
    }

    public string Root => repo.Root;

    /// <summary>The clock.</summary>
    public FakeTimeProvider Time => time;

    /// <summary>The environment; empty at first.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The columns of the terminal that output goes to; null where it goes to a pipe.</summary>
    public int? Columns { get; set; }

    /// <summary>What a run of the command gave.</summary>
    public sealed record Result(int ExitCode, string Output, string Error)
    {
        public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A repository as it was in a tape at <paramref name="atMs"/>; the clock stands a second later.</summary>
    public static Shell At(string tapeName, long atMs = long.MaxValue, string loop = Loop)
    {
        var shell = new Shell();
        var tape = TapeStore.Read(new FileSystem(), RepoRoot.Combine("sample-runs", $"{tapeName}.tape.jsonl"));
        var played = TimeSpan.Zero;
        foreach (var step in tape.Steps.Where(step => step.At.TotalMilliseconds <= atMs))
        {
            played = step.At;
            shell.Apply(step);
        }

        Directory.CreateDirectory(shell.Full($".superloop/loops/{loop}"));
        shell.time.SetUtcNow(tape.RecordedAt + played + TimeSpan.FromSeconds(1));
        return shell;
    }

    /// <summary>A directory in which nothing has run yet.</summary>
    public static Shell Bare()
    {
        var shell = new Shell();
        Directory.Delete(shell.Full(".superloop"), recursive: true);
        shell.time.SetUtcNow(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero));
        return shell;
    }

    public string Full(string path) => repo.Full(path);

    public string Read(string path) => File.ReadAllText(Full(path));

    /// <summary>Every file of the repository with its length.</summary>
    public IReadOnlyList<string> Everything() =>
        [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(static path => $"{path} {new FileInfo(path).Length}")];

    public void Append(string path, string text) => repo.Append(path, text);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        repo.Write(path, text);
    }

    /// <summary>Runs a verb on this repository's loop.</summary>
    public Task<Result> LoopAsync(string verb, params string[] more) => RunAsync([verb, "--repo", Root, "--loop", Loop, .. more]);

    public async Task<Result> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var trace = 0;
        var context = new VerbContext(new HostFileSystem(), time, Variables.GetValueOrDefault, () => $"trace-{++trace}")
        {
            TerminalWidth = () => Columns,
        };
        var code = await CommandLine.RunAsync(
            args, context, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return new Result(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs <c>serve</c> until it listens, ends it, and gives what it wrote.</summary>
    public async Task<(string Output, string Error)> ServeAsync(params string[] args)
    {
        using var end = new CancellationTokenSource();
        using var output = new ListeningWriter(end);
        using var error = new StringWriter();
        var context = new VerbContext(new FileSystem(), time, Variables.GetValueOrDefault, static () => "trace-1");
        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        await CommandLine.RunAsync(["serve", "--repo", Root, .. args], context, configuration, end.Token);
        return (output.ToString(), error.ToString());
    }

    /// <summary>
    /// Lets a torn file be waited out: the clock runs while <paramref name="work"/> waits on it. It runs no faster than a few times the
    /// real one: what reads real files on other threads has limits by this clock.
    /// </summary>
    public async Task<T> WithTimeRunningAsync<T>(Task<T> work)
    {
        using var steps = new PeriodicTimer(TimeSpan.FromMilliseconds(12));
        while (!work.IsCompleted)
        {
            await steps.WaitForNextTickAsync();
            time.Advance(TimeSpan.FromMilliseconds(50));
        }

        return await work;
    }

    public void Dispose() => repo.Dispose();

    private void Apply(TapeStep step)
    {
        switch (step)
        {
            case TapePut put:
                Directory.CreateDirectory(Path.GetDirectoryName(Full(put.Path))!);
                File.WriteAllBytes(Full(put.Path), put.Text);
                break;
            case TapeAppend append:
                Directory.CreateDirectory(Path.GetDirectoryName(Full(append.Path))!);
                repo.Append(append.Path, append.Text);
                break;
            case TapeRemove remove:
                File.Delete(Full(remove.Path));
                // A tape has files only: a directory without one is not there.
                if (Path.GetDirectoryName(Full(remove.Path)) is { } directory && !Directory.EnumerateFileSystemEntries(directory).Any())
                {
                    Directory.Delete(directory);
                }

                break;
        }
    }

    /// <summary>Ends the service when it has said that it listens and has flushed that.</summary>
    private sealed class ListeningWriter(CancellationTokenSource end) : StringWriter
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => end.CancelAsync();
    }
}
