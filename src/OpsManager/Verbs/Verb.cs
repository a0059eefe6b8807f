using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;

namespace OpsManager.Verbs;

/// <summary>What every verb does around its own work.</summary>
public static class Verb
{
    /// <summary>Runs <paramref name="work"/>; a fault that an operator can mend is one line on stderr and exit code 1.</summary>
    public static int Guard(ParseResult result, Func<TextWriter, int> work)
    {
        try
        {
            return work(result.InvocationConfiguration.Output);
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            result.InvocationConfiguration.Error.WriteLine($"ops-manager: {error.Message}");
            return ExitCodes.Failed;
        }
    }
}
