using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Text;
using OpsManager.Core.Compare;
using OpsManager.Core.Pages;
using OpsManager.Sources.Compare;
using OpsManager.Sources.Files;
using OpsManager.Sources.Pages;
using OpsManager.Sources.Storage;

namespace OpsManager.Cli;

/// <summary>Compares runs and writes reports for the screen, which hands over names and shows what comes back.</summary>
internal sealed class RunDesk(VerbContext context)
{
    private const string Strong = "\u001b[1m";
    private const string Soft = "\u001b[2m";
    private const string Plain = "\u001b[0m";

    /// <summary>What the newest run of a loop and another differ in, in lines; or why they cannot be compared.</summary>
    /// <param name="other">Place and loop of the other; null where it is the run before.</param>
    public Task<IReadOnlyList<string>> CompareAsync(
        (string Repo, string Loop) run, (string Repo, string Loop)? other, CancellationToken cancel) =>
        Task.Run(() => Compare(run, other), cancel);

    /// <summary>Writes a page about the newest run of a loop into a directory.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="ContractException">The run cannot be read.</exception>
    /// <exception cref="IOException">It cannot be read, or the page not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public Task<string> ReportAsync(string? directory, string repo, string loop, CancellationToken cancel) => Task.Run(
        async () =>
        {
            var folder = directory ?? throw new IOException("there is no state directory: set XDG_STATE_HOME or HOME");
            var input = await RunPageReader.ReadAsync(context.Files, context.Time, repo, loop, cancel).ConfigureAwait(false);
            var now = context.Time.GetUtcNow();
            using var text = new StringWriter { NewLine = "\n" };
            RunPage.WriteHtml(input with { MadeBy = $"Made by ops-manager at {UtcSecondsConverter.Text(now)}." }, text);
            PrivateDirectory.Make(context.Files, folder);
            var name = $"{context.Files.Path.GetFileName(repo)}-{loop}-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.html";
            GuardedFiles.Open(context.Files, folder).Replace(name, text.ToString().TrimEnd('\n'));
            return context.Files.Path.Combine(folder, name);
        },
        cancel);

    private IReadOnlyList<string> Compare((string Repo, string Loop) run, (string Repo, string Loop)? other)
    {
        try
        {
            var runs = new RunArguments(context);
            var newest = runs.Open(new RunName(run.Repo, run.Loop));
            var (a, b) = other is { } marked ? (newest, runs.Open(new RunName(marked.Repo, marked.Loop))) : (newest.Before(), newest);
            var compared = StepText.Describe(RunComparer.Compare(a.Run, b.Run), a, b);
            return [.. ComparisonText.Lines(compared).Select(Line)];
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            return [SafeText.Clean(error.Message)];
        }
    }

    /// <summary>With the colours that a log asks for, which the pager knows.</summary>
    private static string Line(ComparisonLine line)
    {
        var text = SafeText.Clean(line.Text);
        return line.Kind switch
        {
            ComparisonLineKind.Heading or ComparisonLineKind.Different or ComparisonLineKind.Equal => $"{Strong}{text}{Plain}",
            ComparisonLineKind.Note => $"{Soft}{text}{Plain}",
            _ => text,
        };
    }
}
