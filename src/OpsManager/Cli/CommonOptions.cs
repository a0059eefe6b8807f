using System.CommandLine;
using OpsManager.Contract.Words;

namespace OpsManager.Cli;

/// <summary>Options that several verbs share, so that they are spelled and described once (docs/cli.md).</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new(FlagNames.Json) { Description = "Print JSON instead of a table." };

    public static Option<string?> Repo() =>
        new(FlagNames.Repo) { Description = "Repository in which loops run. Default: the nearest one from the working directory upward." };

    public static Option<string[]> Repos() => new(FlagNames.Repo)
    {
        Description = "Repository in which loops run; may be given several times. Default: the nearest one from the working "
            + "directory upward.",
    };

    public static Option<string[]> AllowLinks() => new(FlagNames.AllowLink)
    {
        HelpName = "REPO",
        Description =
            "A repository whose .superloop may be a symbolic link; may be given several times. Default: those that allow-links in "
                + "config.yaml names.",
        Recursive = true,
    };

    public static Option<string> Loop() => new(FlagNames.Loop) { Description = "Loop id.", Required = true };

    public static Option<string?> TraceId() =>
        new(FlagNames.TraceId) { Description = "Trace id. Default: OPS_MANAGER_TRACE_ID, else a new one." };

    public static Option<string?> Keymap() =>
        new(FlagNames.Keymap) { HelpName = "NAME", Description = "Keymap. Default: that of config.yaml, else default." };

    public static Option<bool> Pretty() => new(FlagNames.Pretty) { Description = "Indent the JSON." };

    public static Option<string?> CursorFile(string where) =>
        new(FlagNames.CursorFile) { Description = $"Cursor file. Default: {where}." };

    public static Option<bool> FromStart() =>
        new(FlagNames.FromStart) { Description = "Read again from the first event; only this moves a cursor back." };

    /// <summary>The most lines to read, as <see cref="MaxEvents"/> was given.</summary>
    public static int MostOf(int? given) => given is null or 0 ? int.MaxValue : given.Value;

    public static Option<int?> MaxEvents()
    {
        var option = new Option<int?>(FlagNames.MaxEvents) { Description = "Read at most this many events; 0 for all. Default: all." };
        return AtLeast(option, 0);
    }

    /// <summary>
    /// Refuses numbers below <paramref name="least"/> or above <paramref name="most"/>; what is no number is refused by the
    /// parser itself.
    /// </summary>
    public static Option<T> AtLeast<T>(Option<T> option, int least, int most = int.MaxValue)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value < least)
            {
                result.AddError($"{option.Name} must be {least} or more.");
            }
            else if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var large) && large > most)
            {
                result.AddError($"{option.Name} must be {most} or less.");
            }
        });
        return option;
    }

    public static Option<bool> NotifyOnce() => new(FlagNames.Notify)
    {
        Description = "Call the notify command of config.yaml for escalations of health, divergence and drift, each once.",
    };

    public static Option<string?> By() => new(FlagNames.By)
    {
        HelpName = "NAME",
        Description = "Your name, as the runtime records it. Default: USER.",
    };

    public static Option<string?> LogFile() => new(FlagNames.LogFile)
    {
        HelpName = "FILE",
        Description = "Append what is seen and done to this file, a JSON object a line; at 10 MiB it becomes FILE.1.",
    };

    public static Option<string?> RuntimeCommand() =>
        new(FlagNames.SuperloopBin)
        {
            HelpName = "COMMAND",
            Description = "The runtime's command. Default: SUPERLOOP_BIN, REPO/superloop.sh, PATH.",
        };
}
