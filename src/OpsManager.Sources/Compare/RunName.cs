using System.Globalization;
using OpsManager.Contract;

namespace OpsManager.Sources.Compare;

/// <summary>Which run somebody means: <c>PLACE[:LOOP][@RUN][#ITERATION]</c> (docs/compare.md).</summary>
/// <param name="Place">A tape, a repository, an archive of one, or a sample run; empty where it is that of the other side.</param>
/// <param name="Loop">Null where the place has one only.</param>
/// <param name="Run">A run id or the start of one, or the number of a run; null for the newest.</param>
/// <param name="Iteration">Null for the whole run.</param>
public sealed record RunName(string Place, string? Loop = null, string? Run = null, long? Iteration = null)
{
    /// <summary>Reads a name. A path that exists is a place as it is, whatever signs are in it.</summary>
    /// <param name="exists">Whether something is at a path.</param>
    /// <exception cref="ContractException">What follows a sign is no number of an iteration, no run or no loop.</exception>
    public static RunName Parse(string text, Func<string, bool> exists)
    {
        var (place, iteration) = exists(text) ? (text, null) : Part(text, '#');
        var (rest, run) = exists(place) ? (place, null) : Part(place, '@');
        var (head, loop) = exists(rest) ? (rest, null) : Part(rest, ':');
        return new RunName(head, loop is null ? null : Checked(loop, text), run, iteration is null ? null : Number(iteration, text));
    }

    /// <summary>What is not said is as the other side has it: <c>@2</c> is the second run of the same loop.</summary>
    public RunName From(RunName other) => Place.Length > 0 ? this : this with
    {
        Place = other.Place,
        Loop = Loop ?? other.Loop,
        Run = Run ?? (Loop is null ? other.Run : null),
    };

    public override string ToString() =>
        $"{Place}{(Loop is null ? "" : $":{Loop}")}{(Run is null ? "" : $"@{Run}")}"
            + (Iteration is { } number ? $"#{number.ToString(CultureInfo.InvariantCulture)}" : "");

    /// <summary>What is before the last of a sign, and what is behind it; null where there is none.</summary>
    private static (string Head, string? Tail) Part(string text, char sign) =>
        text.LastIndexOf(sign) is >= 0 and var at && !text.AsSpan(at).Contains('/') ? (text[..at], text[(at + 1)..]) : (text, null);

    private static string Checked(string loop, string text) => ArtifactPaths.IsLoopId(loop) ? loop : throw Wrong(text);

    private static long Number(string iteration, string text) =>
        long.TryParse(iteration, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(text);

    private static ContractException Wrong(string text) => new(
        "usage", $"\"{text}\" is no name of a run: a run is PLACE, PLACE:LOOP, PLACE:LOOP@RUN or one of these with #ITERATION behind it");
}
