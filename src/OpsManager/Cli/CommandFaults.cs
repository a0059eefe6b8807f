using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.IO.Abstractions;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Words;
using OpsManager.Manual;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;

namespace OpsManager.Cli;

/// <summary>
/// What is wrong with a command line, in our words: the parser's own have names of types and no hint at what was meant. Only the first
/// word that nothing takes is reported, because those after it were often meant to belong to it.
/// </summary>
internal sealed class CommandFaults(ParseResult parsed, IFileSystem files)
{
    private readonly Command command = parsed.CommandResult.Command;
    private readonly RepoFinder finder = new(files);

    /// <summary>How the parser's own messages begin; ours do not.</summary>
    private static readonly string[] ParserMessages = ["Unrecognized command", "Required ", "Option '", "Argument '", "Cannot parse "];

    /// <summary>Each fault as one line; none where the command line can be carried out.</summary>
    public IReadOnlyList<string> All()
    {
        if (parsed.Errors.Count == 0 && parsed.Action != command.Action)
        {
            // The help of a verb that is not there would be that of the screen.
            return parsed.Action is HelpPrinter && command is RootCommand && Unknown() is { } noVerb ? [noVerb] : [];
        }

        return BeforeVerb() is { } before ? [before]
            : Unknown() is { } unknown ? [unknown]
            : [.. Missing(), .. parsed.Errors.Select(Text).OfType<string>().Distinct()];
    }

    private string Verb => string.Join(' ', HelpPrinter.WordsTo(parsed.CommandResult));

    /// <summary>What was written before a verb belongs to the screen, and would have no effect.</summary>
    private string? BeforeVerb()
    {
        if (parsed.CommandResult == parsed.RootCommandResult)
        {
            return null;
        }

        var own = parsed.RootCommandResult.Children.OfType<OptionResult>()
            .FirstOrDefault(static one => !one.Implicit && !one.Option.Recursive && one.Option is not VersionOption);
        if (own is not null)
        {
            var (name, value) = (own.Option.Name, string.Concat(own.Tokens.Take(1).Select(static token => $" {token.Value}")));
            return Options().Contains(name, StringComparer.Ordinal)
                ? $"{name} must follow the verb: {VerbEntry.Program} {Verb} {name}{value}"
                : OfScreen(name);
        }

        var path = parsed.RootCommandResult.Children.OfType<ArgumentResult>().SelectMany(static one => one.Tokens).FirstOrDefault()?.Value;
        return path is null ? null
            : path.StartsWith('-') ? NoOption(path, Names(parsed.RootCommandResult.Command))
            : finder.IsDirectory(path) && Options().Contains(FlagNames.Repo, StringComparer.Ordinal)
                ? $"a repository must follow the verb: {VerbEntry.Program} {Verb} {FlagNames.Repo} {path}"
            : NoVerb(path);
    }

    private string? Unknown()
    {
        var typed = parsed.Tokens.Any(static token => token.Type == TokenType.DoubleDash) ? [] : parsed.CommandResult.Children
            .OfType<ArgumentResult>().SelectMany(static one => one.Tokens).Select(static token => token.Value).ToArray();
        if (Array.Find(typed, word => word.Length > 1 && word[0] == '-' && !RecordingReader.Exists(files, word)) is { } option)
        {
            return Array.Find(typed, word => !word.StartsWith('-') && command is RootCommand && !finder.IsDirectory(word)) is { } verb
                && Array.IndexOf(typed, verb) < Array.IndexOf(typed, option) ? NoPlace(verb) : NoOption(option, Options());
        }

        if (command is RootCommand && Array.Find(typed, word => !finder.IsDirectory(word)) is { } place)
        {
            return NoPlace(place);
        }

        return parsed.UnmatchedTokens switch
        {
            [] => null,
            [['-', ..] word, ..] => NoOption(word, Options()),
            [var word, ..] when command.Subcommands.Count > 0 => NoVerb(word),
            [var word, ..] when command.Arguments.Count > 0 =>
                $"{SettingsYaml.Quote(word)} is one too many: {command.Name} takes at most "
                    + $"{command.Arguments.Sum(static one => one.Arity.MaximumNumberOfValues)}",
            [var word, ..] when finder.IsDirectory(word) && Options().Contains(FlagNames.Repo, StringComparer.Ordinal) =>
                $"{Verb} takes no {SettingsYaml.Quote(word)}: name the repository with {FlagNames.Repo} {word}",
            [var word, ..] => $"{Verb} takes no {SettingsYaml.Quote(word)}: it has options only",
        };
    }

    /// <summary>What is no directory was meant to be a verb, or a recording.</summary>
    private string NoPlace(string word) =>
        RecordingReader.Exists(files, word)
            ? $"{SettingsYaml.Quote(word)} is a file and no repository; to play a recording: {VerbEntry.Program} {VerbNames.Replay} {word}"
        : word.Contains('/', StringComparison.Ordinal) ? $"there is no directory {SettingsYaml.Quote(word)}"
        : NoVerb(word);

    private string NoVerb(string word)
    {
        var above = command.Subcommands.Count > 0 ? command : parsed.RootCommandResult.Command;
        var near = NearestName.Find(word, above.Subcommands.SelectMany(static one => one.Aliases.Prepend(one.Name)));
        return $"there is no verb{(above is RootCommand ? " and no directory" : "")} {SettingsYaml.Quote(word)}"
            + $"{(near is null ? "" : $"; did you mean \"{near}\"?")}";
    }

    private string NoOption(string word, IEnumerable<string> known)
    {
        var name = word.Split('=')[0];
        if (command is not RootCommand && Names(parsed.RootCommandResult.Command).Contains(name, StringComparer.Ordinal))
        {
            return OfScreen(name);
        }

        var near = name.StartsWith("--", StringComparison.Ordinal) ? NearestName.Find(name, known) : null;
        return $"there is no option {SettingsYaml.Quote(name)}{(near is null ? "" : $"; did you mean \"{near}\"?")}";
    }

    private IEnumerable<string> Missing()
    {
        if (command.Action is null)
        {
            yield return $"{Verb} needs a verb: {string.Join(", ", command.Subcommands.Select(static one => one.Name))}";
        }

        foreach (var argument in command.Arguments.Where(one =>
            one.Arity.MinimumNumberOfValues > (parsed.GetResult(one)?.Tokens.Count ?? 0)))
        {
            yield return $"{Verb} needs {ArgumentEntry.From(argument).Usage}";
        }

        foreach (var option in command.Options.Where(one => one.Required && parsed.GetResult(one) is null or { Implicit: true }))
        {
            yield return $"{option.Name} is required";
        }
    }

    /// <summary>A message of ours as it is; null where another fault has said it.</summary>
    private static string? Text(ParseError error)
    {
        if (!ParserMessages.Any(start => error.Message.StartsWith(start, StringComparison.Ordinal)))
        {
            return error.Message;
        }

        return (error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult) is not { } found ? null : Text(found);
    }

    private static string? Text(OptionResult found)
    {
        var (name, arity) = (found.Option.Name, found.Option.Arity);
        if (found.Tokens.Count < arity.MinimumNumberOfValues)
        {
            return found.IdentifierTokenCount == 0 ? null : $"{name} needs a value";
        }

        if (found.Tokens.Count > arity.MaximumNumberOfValues)
        {
            return $"{name} can be given once";
        }

        if (found.Tokens is not [var only])
        {
            return $"{name} cannot be used so";
        }

        string[] choices = [.. found.Option.GetCompletions(CompletionContext.Empty).Select(static one => one.Label)];
        var near = NearestName.Find(only.Value, choices);
        return choices.Length == 0
            ? long.TryParse(only.Value, out _) ? $"{name} is too large: {only.Value}"
                : $"{name} must be a whole number, found {SettingsYaml.Quote(only.Value)}"
            : $"{name} must be one of {string.Join(", ", choices)}, found {SettingsYaml.Quote(only.Value)}"
                + $"{(near is null ? "" : $"; did you mean \"{near}\"?")}";
    }

    /// <summary>The options that the verb takes, by every name.</summary>
    private IEnumerable<string> Options() => Names(command).Concat(command is RootCommand ? [] : parsed.RootCommandResult.Command.Options
        .Where(static one => one.Recursive).SelectMany(static one => one.Aliases.Prepend(one.Name)));

    private string OfScreen(string name) => $"{name} is an option of the screen, and \"{Verb}\" does not have it; leave it out";

    private static IEnumerable<string> Names(Command command) =>
        command.Options.SelectMany(static one => one.Aliases.Prepend(one.Name));
}
