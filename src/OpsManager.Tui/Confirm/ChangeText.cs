using OpsManager.Sources.Changes;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Confirm;

/// <summary>The files that differ from the last commit, as lines to read.</summary>
internal static class ChangeText
{
    private const int ShortName = 12;

    public static IReadOnlyList<string> Lines(ChangeList changes)
    {
        if (changes.Fault is { } fault)
        {
            return [$"The changed files are not known: {fault}."];
        }

        var name = changes.Commit ?? "";
        var commit = name[..Math.Min(ShortName, name.Length)];
        var unknown = changes.Files.Count(static file => file.Kind == ChangeKind.NotCompared);
        var differ = changes.Files.Count - unknown;
        return
        [
            $"{Numbers.Count(differ, "file differs", "files differ")} from the last commit, {commit}.",
            .. unknown > 0 ? [$"{Numbers.Count(unknown, "file", "files")} could not be compared."] : Array.Empty<string>(),
            "",
            .. changes.Files.Select(static file => $"{Word(file.Kind),-14}{file.Path}{(file.Note is { } note ? $"  ({note})" : "")}"),
            .. changes.LeftOut > 0 ? [$"{Numbers.Whole(changes.LeftOut)} more are not listed."] : Array.Empty<string>(),
            "",
            $"{Numbers.Count(changes.Compared, "file was", "files were")} compared. "
                + $"{Numbers.Count(changes.Ignored, "entry is", "entries are")} left out by .gitignore.",
        ];
    }

    private static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.Changed => "changed",
        ChangeKind.Added => "added",
        ChangeKind.Removed => "removed",
        _ => "not compared",
    };
}
