using System.Text.RegularExpressions;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>
/// docs/architecture.md, "Words that others read": a word that stands in a file, on the wire or on the command line is written once,
/// in its home. Source is read as text, literal by literal. The screen's room is not looked at.
/// </summary>
public sealed partial class VocabularyTests
{
    private const string Homes = "src/OpsManager.Contract/Words/";
    private const string Files = Homes + "FileNames.cs";
    private const string Screen = "src/OpsManager.Tui/";

    /// <summary>Homes beside the types that they are the words of.</summary>
    private static readonly string[] OtherHomes =
    [
        "src/OpsManager.Contract/ContractException.cs",
        "src/OpsManager.Contract/Service/ServiceError.cs",
        "src/OpsManager.Contract/Transports.cs",
    ];

    /// <summary>
    /// Where the same letters are something else: a field of JSON, a key of config.yaml, an action of a keymap, a word of a sentence.
    /// May only shrink.
    /// </summary>
    private static readonly Dictionary<string, string[]> OtherMeanings = new(StringComparer.Ordinal)
    {
        // The fold is the one place that still has it.
        ["ambiguous"] = ["src/OpsManager.Core/Fold/"],
        ["approval"] =
        [
            "src/OpsManager.Configuration/Keymaps/Bindings.cs", "src/OpsManager.Core/Rules/Control/IntentText.cs",
            "src/OpsManager.Core/Rules/Timeline/EventWords.cs", "src/OpsManager.Core/Rules/Timeline/GateWords.cs",
            // The gate.
            "src/OpsManager.Core/Compare/StepReader.cs", "src/OpsManager.Core/Pages/GatePart.cs",
        ],
        ["approve"] = ["src/OpsManager.Configuration/Keymaps/Bindings.cs"],
        ["cancel"] = ["src/OpsManager.Configuration/Keymaps/Bindings.cs"],
        ["command"] =
        [
            "src/OpsManager.Configuration/Notify/NotifyConfig.cs", "src/OpsManager.Contract/Manager/ControlRow.cs",
            "src/OpsManager.Contract/Manager/IntentRow.cs", "src/OpsManager.Contract/Tapes/TapeWords.cs",
            "src/OpsManager.Core/Rules/Timeline/GateWords.cs",
        ],
        ["confirmed"] = ["src/OpsManager.Contract/Manager/ControlInvocation.cs", "src/OpsManager.Contract/Manager/IntentRow.cs"],
        ["control"] =
        [
            "src/OpsManager.Configuration/Keymaps/Bindings.cs", "src/OpsManager.Core/Rules/Timeline/ObservedKind.cs",
            "src/OpsManager/Verbs/ControlVerb.cs",
        ],
        ["cursor"] =
        [
            "src/OpsManager.Contract/Manager/RearmRecord.cs", "src/OpsManager.Contract/Serialization/EventPageReader.cs",
            "src/OpsManager.Contract/Serialization/KeptSequence.cs", "src/OpsManager.Contract/Serialization/KeptState.cs",
            "src/OpsManager.Control/Reconcile/StatusReader.cs", "src/OpsManager.Service/Endpoints/EventsEndpoint.cs",
            "src/OpsManager.Sources/Local/FileValidator.cs",
        ],
        ["decisions"] = ["src/OpsManager.Contract/Manager/ControlRow.cs"],
        ["error"] =
        [
            "src/OpsManager.Control/Reconcile/StatusParts.cs", "src/OpsManager.Core/Rules/Timeline/GateWords.cs",
            "src/OpsManager.Sources/Sprite/SpriteAnswer.cs",
        ],
        ["events"] =
        [
            "src/OpsManager.Contract/Manager/ControlRow.cs", "src/OpsManager.Contract/Serialization/EventPageReader.cs",
            "src/OpsManager.Contract/Serialization/KeptSequence.cs", "src/OpsManager.Control/Reconcile/StatusParts.cs",
        ],
        ["info"] = ["src/OpsManager.Core/Rules/Timeline/EventWords.cs"],
        ["loops"] = ["src/OpsManager.Configuration/Sprites/SpriteReader.cs"],
        ["nats"] =
        [
            "src/OpsManager.Configuration/Nats/NatsReader.cs", "src/OpsManager.Configuration/Sprites/FleetConfig.cs",
            "src/OpsManager.Configuration/Sprites/SpriteReader.cs", "src/OpsManager.Configuration/UserConfig.cs",
            "src/OpsManager.Sources/Nats/NatsNames.cs",
        ],
        ["path"] =
        [
            "src/OpsManager.Configuration/Sprites/SpriteReader.cs", "src/OpsManager.Contract/Manager/ControlRow.cs",
            "src/OpsManager.Contract/Tapes/TapeWords.cs",
        ],
        ["process"] = ["src/OpsManager.Contract/Serialization/SnapshotExtras.cs", "src/OpsManager.Contract/Tapes/TapeWords.cs"],
        ["reject"] = ["src/OpsManager.Configuration/Keymaps/Bindings.cs"],
        ["snapshot"] =
        [
            "src/OpsManager.Contract/Serialization/KeptSequence.cs", "src/OpsManager.Control/Reconcile/StatusParts.cs",
        ],
        ["source"] =
        [
            "src/OpsManager.Contract/Manager/ControlRow.cs", "src/OpsManager.Contract/Serialization/EventPageReader.cs",
            "src/OpsManager.Core/Reports/Changes.cs", "src/OpsManager.Core/Rules/Rollout/DecisionLedger.cs",
        ],
        ["state"] =
        [
            "src/OpsManager.Contract/Tapes/TapeWords.cs", "src/OpsManager/Cli/Doctor.cs", "src/OpsManager/Session/StateFolder.cs",
        ],
        // An element of HTML.
        ["summary"] = ["src/OpsManager.Core/Documents/HtmlDocument.cs"],
        ["unknown"] =
        [
            "src/OpsManager.Contract/ContractVersion.cs", "src/OpsManager.Contract/Lifecycle.cs",
            "src/OpsManager.Control/Rollout/IncidentMarkdown.cs", "src/OpsManager.Core/Rules/Assessment/Findings.cs",
            "src/OpsManager.Core/Rules/Control/DecisionVerifier.cs", "src/OpsManager.Core/Sprite/PowerState.cs",
        ],
        // A setting of config.yaml.
        ["record"] = ["src/OpsManager.Configuration/Recording/RecordConfig.cs"],
        // Flags of git.
        ["--end-of-options"] = ["src/OpsManager.Sources/Changes/GitReader.cs"],
        ["--no-pager"] = ["src/OpsManager.Sources/Changes/GitReader.cs"],
        ["--verify"] = ["src/OpsManager.Sources/Changes/GitReader.cs"],
        // Flags of a shell, by which it is told from a run of the runtime.
        ["--init-file"] = ["src/OpsManager.Sources/Processes/RunCommand.cs"],
        ["--rcfile"] = ["src/OpsManager.Sources/Processes/RunCommand.cs"],
    };

    private static string[] AllHomes { get; } = [.. RepoRoot.Files(Homes, "*.cs"), .. OtherHomes];

    private static HashSet<string> Words { get; } = [.. AllHomes.SelectMany(WordsOf)];

    private static string[] FileWords { get; } = [.. WordsOf(Files)];

    [Fact]
    public void A_word_that_others_read_is_written_in_its_home_alone()
    {
        var strays = Found().Where(static found => !IsAllowed(found)).Select(static found => $"{found.File}: \"{found.Word}\"");

        Assert.True(!strays.Any(), $"use the constant of {Homes} instead of:\n{string.Join('\n', strays)}");
    }

    [Fact]
    public void The_list_of_other_meanings_names_nothing_that_is_not_there()
    {
        var found = Found();
        var gone = OtherMeanings.SelectMany(static one => one.Value.Select(place => (Word: one.Key, Place: place)))
            .Where(
                one => !found.Exists(literal => literal.Word == one.Word && literal.File.StartsWith(one.Place, StringComparison.Ordinal)));

        Assert.Empty(gone);
    }

    [Fact]
    public void A_home_has_each_word_once() => Assert.All(AllHomes, static home => Assert.Equal(WordsOf(home).Distinct(), WordsOf(home)));

    [Theory]
    [InlineData("""var name = "loop_stop";""", "loop_stop")]
    [InlineData("""var path = $"{manager}/cursor.json";""", "cursor.json")]
    [InlineData("""var flag = "--no-such-flag";""", "--no-such-flag")]
    [InlineData("""var text = $"by {name ?? "unknown"}: {why}";""", "unknown")]
    [InlineData("""// It writes "loop_stop".""", null)]
    [InlineData("""var text = "the event loop_stop came";""", null)]
    public void What_is_a_word_in_a_line(string line, string? word) => Assert.Equal(word, WordsIn(line).SingleOrDefault());

    private static bool IsAllowed((string File, string Word) found) =>
        OtherMeanings.TryGetValue(found.Word, out var places)
            && places.Any(place => found.File.StartsWith(place, StringComparison.Ordinal));

    private static List<(string File, string Word)> Found() =>
    [
        .. RepoRoot.Files("src", "*.cs")
            .Where(static file => !file.StartsWith(Screen, StringComparison.Ordinal) && !AllHomes.Contains(file))
            .SelectMany(static file => File.ReadLines(RepoRoot.Combine(file)).SelectMany(WordsIn).Select(word => (file, word))),
    ];

    private static IEnumerable<string> WordsIn(string line) => line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        ? []
        : Literal().Matches(line).Select(static match => WordOf(match.Value)).OfType<string>();

    /// <summary>The word that a literal is, or the file's name with which it ends; null for any other text.</summary>
    private static string? WordOf(string literal) => Words.Contains(literal) || Flag().IsMatch(literal)
        ? literal
        : FileWords.FirstOrDefault(name => literal.EndsWith("/" + name, StringComparison.Ordinal));

    private static IEnumerable<string> WordsOf(string home) => File.ReadLines(RepoRoot.Combine(home))
        .Select(static line => Constant().Match(line))
        .Where(static match => match.Success)
        .Select(static match => match.Groups["text"].Value);

    [GeneratedRegex("""const string \w+ = "(?<text>[^"]+)";""", RegexOptions.ExplicitCapture)]
    private static partial Regex Constant();

    /// <summary>What is between two quotes: also of a literal inside an interpolated one.</summary>
    [GeneratedRegex("""(?<=")[^"\\]+(?=")""")]
    private static partial Regex Literal();

    [GeneratedRegex("^--[a-z][a-z-]+$")]
    private static partial Regex Flag();
}
