using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Control.Act;

/// <summary>
/// Finds the runtime's command: the flag, SUPERLOOP_BIN, REPO/superloop.sh, then PATH (docs/control.md, "What happens").
/// </summary>
public sealed class CommandFinder(IFileSystem files, Func<string, string?> environment)
{
    /// <summary>The message where no command was found, with what to do.</summary>
    public const string NotFound = "superloop.sh was not found. Set --superloop-bin or SUPERLOOP_BIN.";

    private static readonly string[] Names = ["superloop", "superloop.sh"];

    private readonly ProgramFinder programs = new(files, environment);

    /// <param name="repo">Null where there is none: then its own command is not looked for.</param>
    /// <param name="flag">What --superloop-bin says; null where it is not given.</param>
    /// <exception cref="ContractException">There is none, or it cannot be executed; the message says what to do.</exception>
    public RuntimeCommand Find(string? repo, string? flag)
    {
        if (flag is { Length: > 0 })
        {
            return Named(flag, FlagNames.SuperloopBin);
        }

        if (environment(VariableNames.RuntimeCommand) is { Length: > 0 } variable)
        {
            return Named(variable, VariableNames.RuntimeCommand);
        }

        if (repo is not null && files.Path.Combine(repo, "superloop.sh") is var own && files.File.Exists(own))
        {
            var search = programs.Find(own);
            return search.File is { } file
                ? new RuntimeCommand(file, "the repository's superloop.sh")
                : throw Fault($"{own} {search.Fault}");
        }

        return Names.Select(name => programs.Find(name).File).FirstOrDefault(static file => file is not null) is { } found
            ? new RuntimeCommand(found, RuntimeCommand.OnPath)
            : throw Fault(NotFound);
    }

    /// <summary>A path, or a name that is looked for on PATH.</summary>
    private RuntimeCommand Named(string name, string by) => programs.Find(name) switch
    {
        { File: { } file } => new RuntimeCommand(file, by),
        var search when name.Contains('/', StringComparison.Ordinal) => throw Fault($"{by} is set to {name}, which {search.Fault}"),
        var search => throw Fault($"{by} is set to {name}, which {search.Fault}; write its path"),
    };

    private static ContractException Fault(string message) => new("command_unavailable", message);
}
