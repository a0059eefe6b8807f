using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace OpsManager.Tests.Architecture;

public sealed partial class BuildRuleTests
{
    /// <summary>
    /// Files of the product that may use a banned symbol in some place, each for a reason that stands next to its pragma.
    /// </summary>
    private static readonly string[] MayUseBannedSymbols =
    [
        "src/OpsManager.Tui/Terminal/Lifetime/ExitWatchdog.cs",
        "src/OpsManager.Tui/Terminal/Lifetime/RuntimeConsole.cs",
    ];

    /// <summary>Where programs are started (docs/security.md, "Programs that are started").</summary>
    private const string Door = "src/OpsManager.Sources/Processes/";

    /// <summary>Where files of a repository are opened (docs/security.md, "Files of a repository").</summary>
    private const string FileDoor = "src/OpsManager.Sources/Files/";

    /// <summary>
    /// Files of the product that reach the disk by themselves: the user's own files, copies and recordings of ours, /proc, and what is
    /// only looked for.
    /// </summary>
    private static readonly string[] ReachTheDisk =
    [
        "src/OpsManager.Configuration/Files/UserFiles.cs",
        "src/OpsManager.Control/Act/CommandFinder.cs",
        "src/OpsManager.Service/Unix/SocketFile.cs",
        "src/OpsManager.Sources/Local/EnvelopeFile.cs",
        "src/OpsManager.Sources/Local/IChangeHints.cs",
        "src/OpsManager.Sources/Local/RepoFinder.cs",
        "src/OpsManager.Sources/Processes/ChildGroup.cs",
        "src/OpsManager.Sources/Processes/ProcTable.cs",
        "src/OpsManager.Sources/Processes/ProgramFinder.cs",
        "src/OpsManager.Sources/Record/TapePlace.cs",
        "src/OpsManager.Sources/Replay/RecordingPlace.cs",
        "src/OpsManager.Sources/Replay/TapeStore.cs",
        "src/OpsManager.Sources/Sprite/CopyFolder.cs",
        "src/OpsManager.Sources/Sprite/CopiedTags.cs", "src/OpsManager.Sources/Sprite/Mirror.cs",
        "src/OpsManager.Sources/Sprite/MirrorLog.cs",
        "src/OpsManager.Sources/Sprite/SpriteSource.cs",
        "src/OpsManager.Sources/Storage/PrivateDirectory.cs",
        "src/OpsManager/Cli/Doctor.cs",
        "src/OpsManager/Cli/NatsFlags.cs",
        "src/OpsManager/Cli/ServiceToken.cs",
        "src/OpsManager/Cli/SpriteDoctor.cs",
        "src/OpsManager/Cli/WorkingDirectory.cs",
        "src/OpsManager/Session/CopiedStream.cs", "src/OpsManager/Session/KeptCopy.cs",
        "src/OpsManager/Session/SessionStore.cs",
        "src/OpsManager/Session/SpriteSources.cs",
        "src/OpsManager/Verbs/InfoCollector.cs",
    ];

    [Fact]
    public void Every_project_of_the_product_gets_the_list_of_banned_symbols()
    {
        var props = XDocument.Load(RepoRoot.Combine("src", "Directory.Build.props"));

        Assert.Contains(
            props.Descendants("PackageReference"),
            static item => item.Attribute("Include")?.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(
            props.Descendants("AdditionalFiles"),
            static item => item.Attribute("Include")?.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal) == true);

        // A second props file would hide the one in src from the projects below it.
        Assert.Equal(["src/Directory.Build.props"], RepoRoot.Files("src", "Directory.Build.*"));
        Assert.All(ProjectFile.Under("src"), static project =>
        {
            Assert.DoesNotContain("RS0030", project.Xml.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("BannedSymbols", project.Xml.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_banned_symbol_is_an_error_everywhere()
    {
        Assert.Contains(
            "dotnet_diagnostic.RS0030.severity = error", File.ReadAllText(RepoRoot.Combine(".editorconfig")), StringComparison.Ordinal);
        Assert.Empty(RepoRoot.Files("src", ".editorconfig"));
        Assert.Empty(RepoRoot.Files("src", "*.globalconfig"));
    }

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("T:System.Console")]
    [InlineData("T:System.IO.File")]
    [InlineData("T:System.IO.Directory")]
    [InlineData("T:System.Diagnostics.Process")]
    [InlineData("T:System.Diagnostics.ProcessStartInfo")]
    [InlineData("M:System.Threading.Thread.Sleep(System.Int32)")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.TimeSpan)")]
    public void The_list_bans_what_would_bypass_the_clock_or_the_file_abstraction(string symbol) =>
        Assert.Contains(
            File.ReadLines(RepoRoot.Combine("src", "BannedSymbols.txt")), line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    [Fact]
    public void Only_the_listed_files_use_a_banned_symbol()
    {
        var found = RepoRoot
            .Files("src", "*.cs")
            .Where(static path => File.ReadAllText(RepoRoot.Combine(path)).Contains("RS0030", StringComparison.Ordinal));

        Assert.Equal(MayUseBannedSymbols.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public void Only_the_door_starts_programs_and_by_one_call()
    {
        var calls = RepoRoot.Files("src", "*.cs").SelectMany(static path => ProgramCall().Matches(File.ReadAllText(RepoRoot.Combine(path)))
            .Select(match => (path, match.Groups[1].Value + match.Groups[2].Value)));

        Assert.Equal([(Door + "ChildLibc.cs", "posix_spawn")], calls);
        Assert.DoesNotContain(
            RepoRoot.Files("src", "*.cs"), static path => DotNetProcess().IsMatch(File.ReadAllText(RepoRoot.Combine(path))));
    }

    [Fact]
    public void Files_of_a_repository_are_opened_by_the_door_and_nothing_else_reaches_the_disk_but_for_what_is_listed()
    {
        var found = RepoRoot.Files("src", "*.cs")
            .Where(static path =>
                !path.StartsWith(FileDoor, StringComparison.Ordinal) && FileCall().IsMatch(File.ReadAllText(RepoRoot.Combine(path))));

        Assert.Equal(ReachTheDisk.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = Regex
            .Matches(File.ReadAllText(RepoRoot.Combine("OpsManager.sln")), "\"([^\"]+\\.csproj)\"")
            .Select(static match => match.Groups[1].Value.Replace('\\', '/'));
        var onDisk = ProjectFile.Under("src").Concat(ProjectFile.Under("tests")).Select(static project => project.Path);

        Assert.Equal(onDisk.Order(StringComparer.Ordinal), solution.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_package_version_is_exact_and_stands_in_one_place()
    {
        var central = XDocument.Load(RepoRoot.Combine("Directory.Packages.props"));
        var versions = central
            .Descendants("PackageVersion")
            .ToDictionary(static item => item.Attribute("Include")!.Value, static item => item.Attribute("Version")?.Value ?? "");

        Assert.Equal("true", central.Descendants("ManagePackageVersionsCentrally").Single().Value);
        Assert.Equal("true", central.Descendants("CentralPackageTransitivePinningEnabled").Single().Value);
        Assert.All(versions, static package => Assert.Matches(@"^\d+\.\d+\.\d+(\.\d+)?$", package.Value));
        Assert.All(ProjectFile.Under("src").Concat(ProjectFile.Under("tests")), project =>
        {
            Assert.DoesNotContain(
                project.Xml.Descendants("PackageReference"),
                static item => item.Attribute("Version") is not null || item.Attribute("VersionOverride") is not null);
            Assert.Empty(project.Packages.Except(versions.Keys));
        });
    }

    [GeneratedRegex(@"\b\w*[fF]iles?(System)?\.(File|Directory|FileStream|FileInfo|DirectoryInfo|FileSystemWatcher)\.")]
    private static partial Regex FileCall();

    /// <summary>An entry point of the C library that starts a program.</summary>
    [GeneratedRegex(
        "EntryPoint = \"(posix_spawnp?|v?fork|exec\\w+|system|popen|clone3?)\"" +
        "|\\bpartial \\w+ (posix_spawnp?|v?fork|exec[vl]\\w*|system|popen|clone3?)\\(")]
    private static partial Regex ProgramCall();

    [GeneratedRegex(@"\bProcessStartInfo\b|\bSystem\.Diagnostics\.Process\b|\bProcess\.Start\b|\bnew Process\b")]
    private static partial Regex DotNetProcess();
}
