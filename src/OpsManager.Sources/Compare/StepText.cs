using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Core.Compare;
using OpsManager.Core.Rules.Timeline;

namespace OpsManager.Sources.Compare;

/// <summary>Reads the lines of the steps that differ, and says in words what they say.</summary>
public static class StepText
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The same comparison, where each difference that is listed has its words.</summary>
    public static RunComparison Describe(RunComparison comparison, OpenRun a, OpenRun b) => comparison with
    {
        Differences = [.. comparison.Differences.Select(difference => difference with
        {
            WordsA = difference.A is { } one ? Words(a, one) : null,
            WordsB = difference.B is { } two ? Words(b, two) : null,
        })],
    };

    private static string Words(OpenRun run, RunStep step)
    {
        try
        {
            var bytes = new byte[Math.Min(step.Length, MaxBytes)];
            var read = run.Place.FilesOf(run.Loop).ReadAt(ArtifactPaths.Events(run.Loop), step.Offset, bytes);
            return read == step.Length ? Words(bytes, step) : step.Name;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            // The log was cut or replaced since it was read, or the line is no event: its name says what was there.
            return step.Name;
        }
    }

    private static string Words(byte[] line, RunStep step)
    {
        if (!ArtifactText.IsUtf8(line))
        {
            return step.Name;
        }

        using var document = JsonDocument.Parse(JsonText.Mend(line));
        var root = document.RootElement;
        var data = root.Field("data");
        return EventName.Parse(root) is { } name
            ? EventWords.For(new EventFields(name, root.Text("status") ?? data?.Text("status"), root.Text("message"), data)
            {
                Iteration = step.Iteration < 0 ? null : step.Iteration,
            })
            : step.Name;
    }
}
