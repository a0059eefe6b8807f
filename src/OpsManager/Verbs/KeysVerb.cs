using System.CommandLine;
using System.Text.Json;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Configuration.Files;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary><c>keys</c>: prints every action with its keys, or checks a keymap file.</summary>
internal static class KeysVerb
{
    public static Command Command(VerbContext context)
    {
        var name = CommonOptions.Keymap();
        var json = CommonOptions.Json();
        var markdown = new Option<bool>(FlagNames.Markdown)
        {
            Description = "Print the tables of docs/keys.md: of all shipped keymaps, or of --keymap."
        };
        var check = new Option<string?>(FlagNames.Check)
        {
            HelpName = "FILE",
            Description = "Check a keymap file instead; exit 1 with file and line if it cannot be used."
        };
        return new Command(
            "keys",
            "Print every action with its keys, or check a keymap file.") { name, json, markdown, check }.Does(async (args, output, _) =>
        {
            var settings = UserSettings.Create(context.Files, context.Environment);
            if (args.GetValue(check) is { } path)
            {
                var keymap = settings.Keymaps.Read(UserFiles.ReadAt(context.Files, path));
                await output.WriteLineAsync(SafeText.Clean($"{path}: valid keymap {keymap.Name}")).ConfigureAwait(false);
                return ExitCodes.Ok;
            }

            if (args.GetValue(markdown))
            {
                var columns = args.GetValue(name) is { } wanted
                    ? [settings.Keymaps.Load(wanted)]
                    : ShippedFiles.Names("keymaps").Select(KeymapCatalog.Shipped).ToArray();
                await WriteAsync(output, KeysMarkdown.Lines(columns)).ConfigureAwait(false);
                return ExitCodes.Ok;
            }

            var (chosen, file) = Chosen(context, args.GetValue(name));
            var report = KeysReport.Create(chosen, SafeText.Clean(file));
            await WriteAsync(output, args.GetValue(json)
                ? JsonSerializer.Serialize(report, CliJson.Plain.KeysReport).Split('\n')
                : Table(report)).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
    }

    // Unlike on the screen nothing gives way here: whoever asks for a keymap wants to see that one, or what is wrong with it.
    public static (Keymap Keymap, string File) Chosen(VerbContext context, string? name)
    {
        var settings = UserSettings.Create(context.Files, context.Environment);
        if (name is not null)
        {
            return (settings.Keymaps.Load(name), settings.Keymaps.Files.Find(name).File);
        }

        var choice = settings.Choose(null, null, DefaultTheme.Dark);
        return choice.Problems.Count == 0 ? (choice.Keymap.Value, choice.Keymap.File) : throw new SettingsException(choice.Problems[0]);
    }

    private static IEnumerable<string> Table(KeysReport report) => TextTable.Lines(
    [
        ["ACTION", "KEYS", "CONTEXT", "WHAT IT DOES"],
        .. report.Actions.Select(static row => new[] { row.Action, string.Join(", ", row.Keys), row.Context, row.Help }),
    ]);

    private static async Task WriteAsync(TextWriter output, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }
    }
}
