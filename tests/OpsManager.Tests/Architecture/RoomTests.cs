using ArchUnitNET.Loader;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Contract;
using OpsManager.Core.Fold;
using Type = System.Type;
using Xunit;

namespace OpsManager.Tests.Architecture;

public sealed class RoomTests
{
    /// <summary>docs/architecture.md, "Rooms": a room may use those above it in this list and no other.</summary>
    private static readonly string[] Rooms =
    [
        "OpsManager.Contract", "OpsManager.Core", "OpsManager.Sources", "OpsManager.Control", "OpsManager.Service",
        "OpsManager.Configuration", "OpsManager.Tui", "OpsManager",
    ];

    public static TheoryData<string> Projects => [.. ProjectFile.Under("src").Select(static project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_refers_only_to_rooms_above_it(string name)
    {
        var project = ProjectFile.Under("src").Single(project => project.Name == name);
        var own = Array.IndexOf(Rooms, name);

        Assert.True(own >= 0, $"{name} is not in the list of rooms");
        Assert.All(project.References, reference => Assert.InRange(Array.IndexOf(Rooms, reference), 0, own - 1));
    }

    [Fact]
    public void The_contract_and_the_core_take_no_package_that_can_touch_a_file()
    {
        string[] allowed = ["System.Reactive"];
        var projects = ProjectFile.Under("src")
            .Where(static project => project.Name is "OpsManager.Contract" or "OpsManager.Core")
            .ToArray();

        Assert.Equal(2, projects.Length);
        Assert.All(projects, project => Assert.Empty(project.Packages.Except(allowed)));
    }

    [Fact]
    public void No_verb_but_the_screen_the_doctor_and_info_needs_the_screens_room()
    {
        string[] allowed =
        [
            "DisplayOptions", "Doctor", "DoctorVerb", "FleetMessages", "InfoCollector", "ReplayScreen", "SamplesVerb", "ScreenRecorder",
            "ScreenVerb", "SessionJson", "SessionStore",
        ];
        // Types that the compiler makes (closures, state machines) count for the one that they are in.
        var found = new ArchLoader().LoadAssembly(typeof(CommandLine).Assembly).Build().Types
            .Where(static type => type.Dependencies.Any(
                static used => used.Target.Namespace?.FullName.StartsWith("OpsManager.Tui", StringComparison.Ordinal) == true))
            .Select(static type => type.FullName.Split('/', '+')[0].Split('.')[^1]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(allowed, found);
    }

    [Fact]
    public void The_configuration_uses_nothing_of_the_screens_library()
    {
        Assert.DoesNotContain(
            typeof(UserConfig).Assembly.GetReferencedAssemblies(),
            static name => name.Name!.StartsWith("Terminal.Gui", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(ContractException))]
    [InlineData(typeof(Reducer))]
    public void The_contract_and_the_core_use_nothing_that_reaches_outside(Type inRoom)
    {
        // Rx is welcome in the core as long as no stream there starts a thread, opens a file or waits for the clock.
        string[] outside =
        [
            "System.IO.Abstractions",
            "System.IO.File",
            "System.IO.Directory",
            "System.IO.FileInfo",
            "System.IO.FileStream",
            "System.IO.FileSystemWatcher",
            "System.Net",
            "System.Diagnostics.Process",
            "System.Reactive.Concurrency.TaskPoolScheduler",
            "System.Reactive.Concurrency.ThreadPoolScheduler",
            "System.Reactive.Concurrency.NewThreadScheduler",
            "System.Reactive.Concurrency.EventLoopScheduler",
        ];
        var used = new ArchLoader().LoadAssembly(inRoom.Assembly).Build().Types
            .SelectMany(static type => type.Dependencies)
            .Select(static dependency => dependency.Target.FullName)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains(used, static name =>
            name.StartsWith("System.Collections.Immutable.", StringComparison.Ordinal) || name == "System.Text.Json.JsonElement");
        Assert.DoesNotContain(used, name => outside.Any(start => name == start || name.StartsWith($"{start}.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(typeof(ContractException))]
    [InlineData(typeof(Reducer))]
    public void The_contract_and_the_core_are_linked_to_no_assembly_for_files_or_the_network(Type inRoom)
    {
        var linked = inRoom.Assembly.GetReferencedAssemblies().Select(static name => name.Name!);

        Assert.DoesNotContain(linked, static name =>
            name.StartsWith("System.IO.Abstractions", StringComparison.Ordinal)
            || name.StartsWith("TestableIO", StringComparison.Ordinal)
            || name.StartsWith("System.Net", StringComparison.Ordinal)
            || name is "System.IO.FileSystem.Watcher" or "System.Diagnostics.Process" or "System.Console");
    }
}
