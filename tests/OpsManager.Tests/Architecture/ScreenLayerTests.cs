using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>
/// docs/architecture.md, "Folders of the screen": states, updates and views are pure; what they show was read by the session.
/// </summary>
public sealed class ScreenLayerTests
{
    /// <summary>Values of Sources that a model may hold: what was read, never what reads.</summary>
    private static readonly string[] Values =
    [
        "ChangedFile", "ChangeKind", "ChangeList", "EventLine", "TextLine", "LoopFile", "LoopFileGroup", "LoopFileList",
        "ReplayCommand", "ReplayPoint", "ReplayPointKind", "ReplayState", "ReplayTime", "RecordingInfo",
    ];

    private static readonly string[][] Layers =
    [
        ["Terminal", "Text", "Themes"],
        ["Content", "Widgets"],
        ["Messages"],
        ["Watch"],
        ["Palette", "Help", "Pager"],
        ["Runs", "Alerts", "Timeline", "Replay", "Compare"],
        ["Detail", "Confirm", "Describe"],
        ["Shell"],
        ["Session"],
    ];

    [Fact]
    public void Nothing_but_the_session_uses_what_reads_or_acts()
    {
        var found =
            from type in new ArchLoader().LoadAssembly(typeof(Updater).Assembly).Build().Types
            where IsPure(type.Namespace?.FullName)
            from used in type.Dependencies
            where IsOf(used.Target, "OpsManager.Sources") && !Values.Contains(NameOf(used.Target))
                || IsOf(used.Target, "OpsManager.Control")
            select $"{type.FullName} uses {used.Target.FullName}";

        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void No_state_and_no_update_uses_a_view()
    {
        string[] allowed = ["HintBar", "LayoutPhase"];
        var found =
            from type in new ArchLoader().LoadAssembly(typeof(Updater).Assembly).Build().Types
            where IsPure(type.Namespace?.FullName) && !IsOf(type, "OpsManager.Tui.Widgets") && !IsView(NameOf(type))
            where !allowed.Contains(NameOf(type))
            from used in type.Dependencies
            where IsOf(used.Target, "OpsManager.Tui") && IsView(NameOf(used.Target))
            select $"{type.FullName} uses {used.Target.FullName}";

        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void A_folder_uses_those_above_it_or_beside_it()
    {
        var graph = FolderGraph.From(typeof(Updater).Assembly);

        Assert.Empty(graph.Folders.Select(static folder => folder.Split('/')[0]).Except(Layers.SelectMany(static layer => layer)));
        Assert.Empty(
            from layer in Layers.Index()
            from folder in layer.Item
            from use in graph.Uses(folder, [.. Layers.Skip(layer.Index + 1).SelectMany(static later => later)])
            select use);
    }

    /// <summary>What makes rows; a tab is a part of a view.</summary>
    private static bool IsView(string name) =>
        name.EndsWith("View", StringComparison.Ordinal) || (name.EndsWith("Tab", StringComparison.Ordinal) && name != "DetailTab")
        || name is "PromptLine" or "DensityStrip";

    private static bool IsPure(string? name) =>
        name?.StartsWith("OpsManager.Tui.", StringComparison.Ordinal) == true
        && !name.StartsWith("OpsManager.Tui.Session", StringComparison.Ordinal)
        && !name.StartsWith("OpsManager.Tui.Terminal", StringComparison.Ordinal);

    private static bool IsOf(IType type, string room) =>
        type.Namespace?.FullName is { } name && (name == room || name.StartsWith($"{room}.", StringComparison.Ordinal));

    /// <summary>What the compiler makes counts for the type that it is in.</summary>
    private static string NameOf(IType type) => type.FullName.Split('/', '+')[0].Split('.')[^1];
}
