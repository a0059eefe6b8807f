using System.Diagnostics;
using Xunit;

namespace OpsManager.EndToEnd.Pty;

/// <summary>Programs of the system that the tests stand on.</summary>
internal static class Tool
{
    /// <summary>Skips the test that asks, with the reason, where <paramref name="name"/> is not installed.</summary>
    public static void Require(string name)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(directory => directory.Length > 0 && File.Exists(Path.Combine(directory, name)));
        if (!found)
        {
            Assert.Skip($"{name} is not installed");
        }
    }

    /// <summary>Runs a command to its end and gives its output; its errors when it fails.</summary>
    public static async Task<string> RunAsync(
        string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(
            name, arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        Apply(environment, start);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{name} ended with exit code {process.ExitCode}: {await errors}");
    }

    /// <summary>Sets variables; null removes one.</summary>
    public static void Apply(IReadOnlyDictionary<string, string?>? environment, ProcessStartInfo start)
    {
        // A locale, so that the same characters are drawn everywhere; and no tmux around the tests shines through.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TERM"] = "xterm-256color";
        foreach (var name in new[] { "TMUX", "TMUX_PANE", "NO_COLOR", "COLORTERM", "DisableRealDriverIO", "OPS_MANAGER_TERMINAL" })
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }
    }

    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
