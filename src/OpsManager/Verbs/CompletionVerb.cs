using System.CommandLine;
using OpsManager.Contract.Words;
using OpsManager.Manual;

namespace OpsManager.Verbs;

/// <summary><c>completion SHELL</c>: prints a script that completes verbs, options and their values.</summary>
internal static class CompletionVerb
{
    public static Command Command()
    {
        var shell = new Argument<string>("shell") { Description = "The shell that the script is for." };
        shell.CompletionSources.Add("bash", "zsh", "fish");
        shell.Validators.Add(static result =>
        {
            if (result.Tokens is [var only] && only.Value is not ("bash" or "zsh" or "fish"))
            {
                result.AddError($"there is no completion for the shell \"{only.Value}\"; there is one for bash, zsh and fish");
            }
        });
        const string About = "Print a completion script for a shell: source <(ops-manager completion bash).";
        return new Command("completion", About) { shell }.Does(async (args, output, _) =>
        {
            var root = VerbEntry.From(args.RootCommandResult.Command);
            var lines = args.GetRequiredValue(shell) switch
            {
                "bash" => BashCompletion.Lines(root),
                "zsh" => ZshCompletion.Lines(root),
                _ => FishCompletion.Lines(root),
            };
            await output.WriteAsync(string.Concat(lines.Select(static line => $"{line}\n"))).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
    }
}
