using System.IO.Abstractions;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Sources.Replay;

namespace OpsManager.Cli;

/// <summary>
/// What somebody names to look at it again: a path that exists comes first, then a sample run's name or the start of one.
/// </summary>
internal static class RecordingArguments
{
    /// <summary>All that can be opened, each under a name of its own, and what is wrong with the rest.</summary>
    /// <exception cref="ContractException">Nothing can be opened, and only one thing was named.</exception>
    public static OpenedRecordings Open(IFileSystem files, IReadOnlyList<string> named, IReadOnlyList<RecordingEntry> samples)
    {
        var entries = new List<RecordingEntry>();
        var faults = new List<string>();
        foreach (var name in named)
        {
            if (name.StartsWith('-') && !RecordingReader.Exists(files, name))
            {
                throw new ContractException(
                    "usage", $"there is no option {SettingsYaml.Quote(name)}; \"ops-manager {VerbNames.Replay} --help\" lists them");
            }

            try
            {
                var opened = RecordingReader.Exists(files, name) ? RecordingReader.Open(files, name) : new([Sample(name, samples)], []);
                entries.AddRange(opened.Entries);
                faults.AddRange(opened.Faults);
            }
            catch (Exception error) when (named.Count > 1 && error is ContractException or IOException or UnauthorizedAccessException)
            {
                faults.Add(error.Message);
            }
        }

        return new(Distinct(entries), faults);
    }

    /// <exception cref="ContractException">There is none of that name, or there are several.</exception>
    private static RecordingEntry Sample(string name, IReadOnlyList<RecordingEntry> samples)
    {
        var found = samples.Where(sample => sample.Info.Name == name).ToArray();
        found = found.Length == 1 ? found
            : [.. samples.Where(sample => name.Length > 0 && sample.Info.Name.StartsWith(name, StringComparison.Ordinal))];
        var list = $"\"ops-manager {VerbNames.Samples}\" lists them";
        return found switch
        {
            [var only] => only,
            [] => throw new ContractException("recording_missing",
                $"there is no file, no directory and no sample run {SettingsYaml.Quote(name)}"
                    + (NearestName.Find(name, samples.Select(static sample => sample.Info.Name)) is { } near
                        ? $"; did you mean {near}? {list}" : $"; {list}")),
            _ => throw new ContractException("recording_missing",
                $"{SettingsYaml.Quote(name)} is the start of {found.Length} sample runs: "
                    + $"{string.Join(", ", found.Select(static sample => sample.Info.Name))}; {list}"),
        };
    }

    /// <summary>Recordings of the same name get a number.</summary>
    private static List<RecordingEntry> Distinct(List<RecordingEntry> entries)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. entries.Select(entry =>
        {
            var name = entry.Info.Name;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{entry.Info.Name} ({number})";
            }

            return name == entry.Info.Name ? entry : entry with { Info = entry.Info with { Name = name } };
        })];
    }
}
