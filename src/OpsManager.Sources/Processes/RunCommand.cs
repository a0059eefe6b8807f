using System.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Sources.Processes;

/// <summary>A command line that runs loops: <c>superloop.sh run --repo R --loop L</c>, with or without a shell before it.</summary>
/// <param name="Repo">As it was given; null where it was not: then it is the working directory.</param>
/// <param name="Loop">As it was given; null where it was not: then all loops are run, one after the other.</param>
internal sealed record RunCommand(string? Repo, string? Loop)
{
    private const int MaxShown = 60;

    private static readonly string[] Shells = ["bash", "sh", "dash", "zsh", "ksh", "ash"];

    /// <summary>Programs that work for a run. What they start may have any command line, so it is no evidence of the run itself.</summary>
    private static readonly string[] Agents = ["claude", "codex", "gemini", "opencode", "aider", "goose", "cursor-agent", "amp", "copilot",
        "crush", "qwen", "droid"];

    private static readonly string[] Interpreters = ["node", "nodejs", "bun", "deno", "python", "python3", "uv"];

    /// <summary>The arguments as the kernel keeps them, each with a NUL behind it; there is no quoting in them.</summary>
    public static string[] Split(ReadOnlySpan<byte> commandLine) =>
        commandLine.IsEmpty ? [] : Encoding.UTF8.GetString(commandLine[^1] == 0 ? commandLine[..^1] : commandLine).Split('\0');

    /// <summary>The command that these arguments are; null where they are another.</summary>
    public static RunCommand? Parse(IReadOnlyList<string> arguments)
    {
        var at = Script(arguments);
        if (at < 0 || at + 1 >= arguments.Count || arguments[at + 1] != "run")
        {
            return null;
        }

        string? repo = null, loop = null;
        for (var i = at + 2; i < arguments.Count; i++)
        {
            repo = Value(arguments, FlagNames.Repo, ref i) ?? repo;
            loop = i < arguments.Count ? Value(arguments, FlagNames.Loop, ref i) ?? loop : loop;
        }

        return new RunCommand(repo, loop);
    }

    /// <summary>The beginning of a command line for people; whoever shows it makes it safe for the terminal.</summary>
    public static string Shown(IReadOnlyList<string> arguments)
    {
        var text = string.Join(' ', arguments);
        return text.Length == 0 ? "no command line" : text.Length <= MaxShown ? text : text[..MaxShown] + "…";
    }

    /// <summary>Whether the runtime is among the arguments at all: its script, or what it has made of itself.</summary>
    public static bool NamesRuntime(IReadOnlyList<string> arguments) =>
        arguments.Take(8).Any(static argument => argument.Contains("superloop", StringComparison.Ordinal));

    /// <summary>The agent that these arguments start; null where they start none.</summary>
    public static string? Agent(IReadOnlyList<string> arguments)
    {
        var name = arguments.Count == 0 ? "" : Name(arguments[0]);
        if (Interpreters.Contains(name))
        {
            name = arguments.Skip(1).FirstOrDefault(static argument => !argument.StartsWith('-')) is { } script ? Name(script) : "";
        }

        return Agents.Contains(name) ? name : null;
    }

    /// <summary>Where the runtime's script, or program, is among the arguments; -1 where none of it is run.</summary>
    private static int Script(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || IsRuntime(arguments[0]))
        {
            return arguments.Count == 0 ? -1 : 0;
        }

        // A login shell has a dash before its name.
        if (!Shells.Contains(Name(arguments[0]).TrimStart('-')))
        {
            return -1;
        }

        for (var i = 1; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Length == 0 || argument[0] is not ('-' or '+') || argument == "-")
            {
                return IsRuntime(argument) ? i : -1;
            }

            if (argument is "--")
            {
                return i + 1 < arguments.Count && IsRuntime(arguments[i + 1]) ? i + 1 : -1;
            }

            if (argument is "--rcfile" or "--init-file" || (argument[1] != '-' && argument[^1] is 'o' or 'O'))
            {
                i++;
            }
            else if (argument[1] != '-' && argument.Contains('c'))
            {
                // The text of a command: what it starts is a process of its own.
                return -1;
            }
        }

        return -1;
    }

    private static bool IsRuntime(string argument) => Name(argument) is "superloop" or "superloop.sh";

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string? Value(IReadOnlyList<string> arguments, string option, ref int at)
    {
        var argument = arguments[at];
        if (argument == option)
        {
            return ++at < arguments.Count ? arguments[at] : null;
        }

        return argument.Length > option.Length && argument[option.Length] == '=' && argument.StartsWith(option, StringComparison.Ordinal)
            ? argument[(option.Length + 1)..] : null;
    }
}
