using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Core.Control;

namespace OpsManager.Control.Act;

/// <summary>Finds the runtime's command: the flag, SUPERLOOP_BIN, REPO/superloop.sh, then PATH (docs/control.md, "What happens").</summary>
public sealed class CommandFinder(IFileSystem files, Func<string, string?> environment)
{
    private static readonly string[] Names = ["superloop", "superloop.sh"];

    /// <param name="flag">What --superloop-bin says; null where it is not given.</param>
    /// <exception cref="ContractException">There is none, or it cannot be executed; the message says what to do.</exception>
    public RuntimeCommand Find(string repo, string? flag)
    {
        if (flag is { Length: > 0 })
        {
            return Named(flag, "--superloop-bin");
        }

        if (environment("SUPERLOOP_BIN") is { Length: > 0 } variable)
        {
            return Named(variable, "SUPERLOOP_BIN");
        }

        var own = files.Path.Combine(repo, "superloop.sh");
        if (files.File.Exists(own))
        {
            return Checked(own, "the repository's superloop.sh");
        }

        return OnPath() ?? throw Fault($"the runtime's command was not found: no --superloop-bin, no SUPERLOOP_BIN, no {own}, and none of {string.Join(", ", Names)} on PATH");
    }

    /// <summary>A path, or a name that is looked for on PATH.</summary>
    private RuntimeCommand Named(string name, string by)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return Checked(files.Path.GetFullPath(name), by);
        }

        return OnPath(name, by) ?? throw Fault($"{by} names {name}, which is not on PATH; write its path");
    }

    private RuntimeCommand? OnPath() => Names.Select(name => OnPath(name, "PATH")).FirstOrDefault(static found => found is not null);

    private RuntimeCommand? OnPath(string name, string by) => (environment("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Where(files.Path.IsPathRooted)
        .Select(folder => files.Path.Combine(folder, name))
        .Where(files.File.Exists)
        .Select(file => Checked(file, by))
        .FirstOrDefault();

    private RuntimeCommand Checked(string file, string by)
    {
        if (!files.File.Exists(file))
        {
            throw Fault($"{by} names {file}, which is not there");
        }

        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return !OperatingSystem.IsWindows() && (files.File.GetUnixFileMode(file) & Execute) == 0
            ? throw Fault($"{file} cannot be executed; run chmod +x on it")
            : new RuntimeCommand(file, by);
    }

    private static ContractException Fault(string message) => new("command_unavailable", message);
}
