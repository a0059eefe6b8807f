using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Compare;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;

namespace OpsManager.Cli;

/// <summary>Opens the places of runs that somebody names. A place that is named twice is read once.</summary>
internal sealed class RunArguments(VerbContext context)
{
    private readonly Dictionary<string, RunPlace> opened = new(StringComparer.Ordinal);

    /// <summary>What is wrong with a recording that could be read in part.</summary>
    public List<string> Faults { get; } = [];

    /// <exception cref="ContractException">It is no name of a run.</exception>
    public RunName Parse(string text) => RunName.Parse(text, path => RecordingReader.Exists(context.Files, path));

    /// <summary>The run that a name means.</summary>
    /// <exception cref="ContractException">There is no such place, loop or run; the message says which.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public OpenRun Open(RunName name) => OpenRun.From(PlaceOf(name.Place), name);

    /// <summary>The repository at a place; null where something else is there.</summary>
    public string? Repository(string place)
    {
        var full = place.Length > 0 ? context.Files.Path.TrimEndingDirectorySeparator(context.Files.Path.GetFullPath(place)) : "";
        return full.Length > 0 && new RepoFinder(context.Files).IsRepo(full) ? full : null;
    }

    /// <summary>The only recording at a place, or the sample run of that name.</summary>
    /// <exception cref="ContractException">There is none, or there are several.</exception>
    public Tape Recording(string place)
    {
        var recordings = RecordingArguments.Open(context.Files, [place], SampleRuns.Entries());
        if (recordings.Entries is not [var only])
        {
            throw new ContractException(
                "run_missing", $"{SettingsYaml.Quote(place)} has {recordings.Entries.Count} recordings; name one of them: "
                + $"{string.Join(", ", recordings.Entries.Take(20).Select(static entry => entry.Info.Name))}");
        }

        var tape = only.Open();
        if (tape.Fault is { } fault)
        {
            Faults.Add(fault);
        }

        return tape;
    }

    private RunPlace PlaceOf(string place)
    {
        if (!opened.TryGetValue(place, out var found))
        {
            opened.Add(place, found = Read(place));
        }

        return found;
    }

    private RunPlace Read(string place) => Repository(place) is { } root
        ? RunPlace.Repository(context.Files, root) with { Name = place }
        : RunPlace.Recording(Recording(place));
}
