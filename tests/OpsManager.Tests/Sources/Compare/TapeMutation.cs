using System.Text;
using System.Text.Json.Nodes;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;

namespace OpsManager.Tests.Sources.Compare;

/// <summary>Changes lines of a log where a tape appends them, so that the place of a difference is known.</summary>
internal static class TapeMutation
{
    /// <summary>The lines of a file of a loop, as a tape appends them, without their newlines.</summary>
    public static IReadOnlyList<string> Lines(Tape tape, string path) =>
        [.. tape.Steps.OfType<TapeAppend>().Where(step => step.Path == path).SelectMany(static step => LinesOf(step.Text))];

    /// <summary>The same recording, where line <paramref name="number"/> of a file, from 1, is <paramref name="lines"/>.</summary>
    public static Tape WithLine(Tape tape, string path, int number, params string[] lines) =>
        WithLines(tape, path, (at, line) => at == number ? lines : [line]);

    /// <summary>The same recording without the lines from <paramref name="number"/> on.</summary>
    public static Tape CutFrom(Tape tape, string path, int number) => WithLines(tape, path, (at, line) => at < number ? [line] : []);

    public static Tape WithLines(Tape tape, string path, Func<int, string, IReadOnlyList<string>> change)
    {
        var number = 0;
        return tape with
        {
            Steps = [.. tape.Steps.Select(step => step is TapeAppend append && append.Path == path
                ? append with { Text = Encoding.UTF8.GetBytes(string.Concat(LinesOf(append.Text).SelectMany(line => change(++number, line))
                    .Select(static line => $"{line}\n"))) }
                : step)],
        };
    }

    /// <summary>The same run on another day: every time and every run id is another.</summary>
    public static Tape OnAnotherDay(Tape tape) => tape with
    {
        Steps = [.. tape.Steps.Select(static step => step switch
        {
            TapeAppend append => append with { Text = OnAnotherDay(append.Text) },
            TapePut put => put with { Text = OnAnotherDay(put.Text) },
            _ => step,
        })],
    };

    public static string Edit(string line, Action<JsonObject> edit)
    {
        var root = JsonNode.Parse(line)!.AsObject();
        edit(root);
        return root.ToJsonString();
    }

    public static string Events(string loop) => ArtifactPaths.Events(loop);

    public static string Usage(string loop) => ArtifactPaths.Usage(loop);

    private static byte[] OnAnotherDay(byte[] text) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Replace("2026-11-2", "2027-01-1", StringComparison.Ordinal));

    private static string[] LinesOf(byte[] text) => Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
