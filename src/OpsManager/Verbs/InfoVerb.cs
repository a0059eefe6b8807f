using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsManager.Cli;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary><c>info</c>: which build this is, which paths it uses here, and what it found of the terminal and the runtime.</summary>
internal static class InfoVerb
{
    public static Command Command(VerbContext context)
    {
        var json = CommonOptions.Json();
        var binary = CommonOptions.RuntimeCommand();
        const string About = "Show version, paths, terminal, transports and the runtime's command, as a report of a fault needs them.";
        return new Command(VerbNames.Info, About) { json, binary }.Does(async (args, output, _) =>
        {
            var report = new InfoCollector(context, args.GetValue(binary)).Collect();
            var lines = args.GetValue(json)
                ? JsonSerializer.Serialize(report, CliJson.Default.InfoReport).Split('\n')
                : TextTable.Lines([.. Rows(report)]).Select(static line => SafeText.Clean(line).TrimEnd());
            foreach (var line in lines)
            {
                await output.WriteLineAsync(line).ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        });
    }

    private static IEnumerable<string[]> Rows(InfoReport report)
    {
        yield return ["version", report.Version];
        yield return ["commit", report.Commit ?? "unknown to this build"];
        yield return ["runtime", $"{report.Runtime.Kind}, {report.Runtime.Dotnet}, {report.Runtime.Platform}"];
        yield return ["executable", report.Executable ?? "the system does not say"];
        foreach (var path in report.Paths)
        {
            yield return [path.Name, With(path.Path ?? "none", path.Why)];
        }

        var terminal = report.Terminal;
        yield return ["terminal", With(terminal.Problem is null ? "can show the screen" : "cannot show the screen", terminal.Problem)];
        yield return
        [
            "size",
            terminal is { Columns: { } columns, Rows: { } rows }
                ? string.Create(CultureInfo.InvariantCulture, $"{columns}x{rows}")
                : "standard output does not say",
        ];
        yield return ["colours", With(terminal.Colors, terminal.ColorsWhy)];
        yield return ["characters", terminal.Ascii ? "ASCII only" : "UTF-8"];
        yield return ["mouse", terminal.Mouse ? "taken by the screen" : "left to the terminal"];
        yield return ["TERM", Value(terminal.Term)];
        yield return ["COLORTERM", Value(terminal.ColorTerm)];
        yield return ["NO_COLOR", Value(terminal.NoColor)];
        foreach (var transport in report.Transports)
        {
            yield return [transport.Sprite is { } sprite ? $"sprite {sprite}" : "transport", $"{transport.Transport}: {transport.How}"];
        }

        yield return ["superloop", With(report.Superloop.Path ?? "none", report.Superloop.Why)];
        yield return
        [
            "telemetry",
            report.Telemetry is { } sent
                ? string.Create(CultureInfo.InvariantCulture, $"{sent.Endpoint} (every {sent.IntervalSeconds} s)")
                : "off",
        ];
    }

    private static string Value(string? variable) => variable switch { null => "not set", "" => "empty", _ => variable };

    private static string With(string value, string? why) => why is null ? value : $"{value} ({why.TrimEnd('.')})";
}
