using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Sources.Local;

namespace OpsManager.Verbs;

/// <summary><c>validate FILE…</c>: says what each file is, or what is wrong with it.</summary>
internal static class ValidateVerb
{
    public static Command Command(VerbContext context)
    {
        var paths = new Argument<string[]>("files")
        {
            HelpName = "FILE",
            Description = "Envelopes, manager files or tapes.",
            Arity = ArgumentArity.OneOrMore
        };
        return new Command(
            "validate",
            "Check files against the contract; exit 1 at the first that is not valid.") { paths }.Does(async (args, output, _) =>
        {
            var validator = new FileValidator(new EnvelopeFile(context.Files));
            foreach (var path in args.GetRequiredValue(paths))
            {
                await output.WriteLineAsync($"{SafeText.Clean(path)}: valid {validator.Validate(path)}").ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        });
    }
}
