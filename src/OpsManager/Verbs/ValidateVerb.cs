using System.CommandLine;
using System.Text.Json;
using OpsManager.Cli;
using OpsManager.Contract;
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
        var json = new Option<bool>(FlagNames.Json) { Description = "Print a line of JSON for each file instead of text." };
        return new Command(
            "validate",
            "Check files against the contract; exit 1 at the first that is not valid.") { paths, json }.Does(async (args, output, _) =>
        {
            var validator = new FileValidator(new EnvelopeFile(context.Files));
            foreach (var path in args.GetRequiredValue(paths))
            {
                if (!args.GetValue(json))
                {
                    await output.WriteLineAsync($"{SafeText.Clean(path)}: valid {validator.Validate(path)}").ConfigureAwait(false);
                    continue;
                }

                var report = Check(validator, path);
                await output.WriteLineAsync(JsonSerializer.Serialize(report, CliLines.Default.ValidateReport)).ConfigureAwait(false);
                if (!report.IsValid)
                {
                    await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(report.Fault)).ConfigureAwait(false);
                    return ExitCodes.Failed;
                }
            }

            return ExitCodes.Ok;
        });
    }

    private static ValidateReport Check(FileValidator validator, string path)
    {
        try
        {
            return new ValidateReport(path, true, validator.Validate(path), null);
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            return new ValidateReport(path, false, null, error.Message);
        }
    }
}
