using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Contract;
using OpsManager.Control.Act;
using OpsManager.Core.Fold;
using OpsManager.Service.Http;
using OpsManager.Sources;
using OpsManager.Tui.Shell;
using Xunit;
using Assembly = System.Reflection.Assembly;

namespace OpsManager.Tests.Architecture;

/// <summary>docs/architecture.md, "Rooms": inside a project, folders depend on each other in one direction too.</summary>
public sealed class FolderCircleTests
{
    public static TheoryData<string> Projects => [.. Assemblies.Keys];

    internal static Dictionary<string, Assembly> Assemblies { get; } = new[]
    {
        typeof(ContractException), typeof(Reducer), typeof(Pipeline), typeof(Controller), typeof(Refusal), typeof(UserConfig),
        typeof(Updater), typeof(CommandLine),
    }.Select(static type => type.Assembly).ToDictionary(static assembly => assembly.GetName().Name!, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_use_each_other_in_one_direction(string project)
    {
        var graph = FolderGraph.From(Assemblies[project]);
        var circles = graph.Circles();

        var found = circles.Select(static group => string.Join(' ', group)).ToArray();
        Assert.True(found.Length == 0, $"{string.Join(" | ", found)}\n{string.Join('\n', circles.SelectMany(graph.Why))}");
    }
}
