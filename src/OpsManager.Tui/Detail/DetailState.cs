using OpsManager.Core.Model;
using OpsManager.Sources.Local;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>What the operator has set in the detail of a run, and the files that were listed for it.</summary>
internal sealed record DetailState
{
    public DetailTab Tab { get; init; }

    /// <summary>First visible row.</summary>
    public int Top { get; init; }

    /// <summary>Path of the file that the cursor is on; null for the first.</summary>
    public string? SelectedFile { get; init; }

    /// <summary>The newest listing of files; it may belong to another run than is shown now.</summary>
    public FilesListed? Listed { get; init; }

    /// <summary>Files of a loop; empty until they were listed.</summary>
    public LoopFileList FilesOf(LoopModel? loop) =>
        loop is not null && Listed is { } listed && listed.Loop == LoopKey.From(loop) ? listed.Files : LoopFileList.Empty;

    /// <summary>The row of the file that the cursor is on; -1 where there is none.</summary>
    public int FileRow(LoopFileList files)
    {
        var at = SelectedFile is null ? 0 : -1;
        for (var i = 0; at < 0 && i < files.Files.Count; i++)
        {
            at = files.Files[i].Path == SelectedFile ? i : at;
        }

        return ListWindow.Clamp(at, files.Files.Count);
    }

    /// <summary>The file that the cursor is on; null where there is none.</summary>
    public string? FileOf(LoopModel? loop) =>
        FilesOf(loop) is var files && FileRow(files) is >= 0 and var row ? files.Files[row].Path : null;
}
