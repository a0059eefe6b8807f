using OpsManager.Configuration.Themes;
using OpsManager.Core.Model;
using OpsManager.Sources.Local;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>The raw artifacts, logs and reports of the loop: what everything else was read from.</summary>
internal static class FilesTab
{
    private const int SizeWidth = 11;
    private const int AgeWidth = 6;

    public static IReadOnlyList<Row> Rows(Watched watched, DetailState state, RepoModel repo, LoopModel loop, int width)
    {
        var files = state.FilesOf(loop);
        var rows = new RowsBuilder(width);
        foreach (var file in files.Files)
        {
            rows.Add(
                new(" ", StyleRole.Text),
                new(NameOf(file), StyleRole.Text, Math.Max(10, width - SizeWidth - AgeWidth - 2)),
                new(
                    file.Size is { } size ? Numbers.Bytes(size).PadLeft(SizeWidth) : "unreadable",
                    file.Fault is null ? StyleRole.Muted : StyleRole.Error, SizeWidth),
                new(Ages.Short(file.ModifiedAt, watched.NowIn(repo)).PadLeft(AgeWidth), StyleRole.Muted));
        }

        if (files.Files.Count == 0)
        {
            rows.Note("no file is there");
        }

        if (files.LeftOut > 0)
        {
            rows.Note($"{Numbers.Whole(files.LeftOut)} more files are not listed");
        }

        return rows.Rows;
    }

    private static string NameOf(LoopFile file)
    {
        var name = file.Group == LoopFileGroup.Manager ? $"ops-manager/{file.Name}" : file.Name;
        return file.HasOtherNames ? $"{name} (hard link)" : name;
    }
}
