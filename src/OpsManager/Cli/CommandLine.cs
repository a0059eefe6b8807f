using System.CommandLine;
using System.IO.Abstractions;
using OpsManager.Verbs;

namespace OpsManager.Cli;

/// <summary>The command line: every verb, and the rule that a fault is one line on stderr and exit code 1.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Func<string, string?> environment)
    {
        var files = new FileSystem();
        var root = new RootCommand("Watch coding-agent loops: what runs, what waits for you, what is wrong.")
        {
            VerifyVerb.Command(files),
        };
        return await root.Parse(args).InvokeAsync();
    }
}
