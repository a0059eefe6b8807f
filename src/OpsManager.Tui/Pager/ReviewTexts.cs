using System.Collections.Immutable;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Pager;

/// <summary>
/// What to read before a decision: the files that differ from the last commit, the output of the tests, and the reports that
/// approval.json names, or where it names none, the usual ones.
/// </summary>
/// <param name="At">Which of them is open.</param>
internal sealed record ReviewTexts(LoopKey Run, ImmutableArray<ReviewText> Texts, int At = 0)
{
    /// <summary>The name by which the list of changed files is open; it is no file.</summary>
    public const string ChangedFiles = "changed files";

    /// <summary>approval.json is the runtime's, but agents can write it.</summary>
    private const int MaxReports = 50;

    /// <summary>What a runtime writes that names no files in approval.json (docs/contract.md, "Files").</summary>
    private static readonly string[] Usual = ["review.md", "test-report.md", "gate-summary.txt", "plan.md"];

    public ReviewText Current => Texts[At];

    /// <param name="changes">Why the working directory cannot be compared, or that it is being compared.</param>
    public static ReviewTexts From(LoopModel loop, string changes) => new(LoopKey.From(loop),
    [
        new ReviewText(ChangedFiles, ChangedFiles, [changes]),
        new ReviewText("test output", RunLogs.TestsOf(loop.Id)),
        .. Reports(loop),
    ]);

    /// <summary>The same with the list of changed files.</summary>
    public ReviewTexts With(IReadOnlyList<string> changes) => this with
    {
        Texts = Texts.SetItem(0, Texts[0] with { Lines = changes }),
    };

    private static ReviewText[] Reports(LoopModel loop)
    {
        if (loop.Approval.Value is not { Raw: { ValueKind: JsonValueKind.Object } raw }
            || !raw.TryGetProperty("files", out var files) || files.ValueKind != JsonValueKind.Object)
        {
            return [.. Usual.Select(name => new ReviewText(name, $"{ArtifactPaths.Loop(loop.Id)}/{name}"))];
        }

        return files.EnumerateObject()
            .Where(static file => file.Value.ValueKind == JsonValueKind.String)
            .Take(MaxReports)
            .Select(static file => Report(file.Name.Replace('_', ' '), file.Value.GetString()!))
            .ToArray();
    }

    private static ReviewText Report(string name, string path) => path.StartsWith(ArtifactPaths.Root + "/", StringComparison.Ordinal)
        ? new ReviewText(name, path)
        : new ReviewText(name, name,
        [
            $"approval.json says that this report is outside of {ArtifactPaths.Root}:",
            path,
            "Only files under it are opened here. Read this one in the working directory.",
        ]);
}
