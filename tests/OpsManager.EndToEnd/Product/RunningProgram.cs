using System.Diagnostics;
using System.Globalization;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The product as a child process with its streams in our hands; ended with the test.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process process;

    public RunningProgram(params string[] arguments)
        : this(new Dictionary<string, string>(), arguments)
    {
    }

    /// <param name="environment">Variables to set besides those that are inherited.</param>
    public RunningProgram(IReadOnlyDictionary<string, string> environment, params string[] arguments)
        : this(environment, OpsManagerBinary.Path, arguments)
    {
    }

    /// <param name="file">What becomes the program, such as a shell that prepares for it.</param>
    public RunningProgram(IReadOnlyDictionary<string, string> environment, string file, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(
            file, arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.StandardInput.Close();
    }

    public int Id => process.Id;

    /// <summary>Waits for its end; what it started may go on, and hold its streams.</summary>
    public Task HasEndedAsync() => process.WaitForExitAsync(TestContext.Current.CancellationToken);

    /// <summary>Sends a signal by its name, such as TERM.</summary>
    public Task SignalAsync(string signal) => Tool.RunAsync(
        "kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)], null, TestContext.Current.CancellationToken);

    /// <summary>Every line that was read so far.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>Reads lines until one holds <paramref name="text"/>, and gives that; what comes before it is passed over.</summary>
    public async Task<string> LineAsync(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var seen = new List<string>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                seen.Add(line);
                Seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            // Said below, with what came instead.
        }

        throw new TimeoutException($"no line with \"{text}\" came; these did:\n{string.Join('\n', seen)}");
    }

    /// <summary>Waits for its end and gives everything that it wrote.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
