using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary>What every verb does around its own work.</summary>
internal static class Verb
{
    /// <summary>
    /// Gives <paramref name="command"/> its work; a fault that an operator can mend is one line on stderr and exit code
    /// <paramref name="failed"/>.
    /// </summary>
    public static T Does<T>(
        this T command, Func<ParseResult, TextWriter, CancellationToken, Task<int>> work, int failed = ExitCodes.Failed)
        where T : Command
    {
        command.SetAction(async (result, cancel) =>
        {
            try
            {
                return await work(result, result.InvocationConfiguration.Output, cancel).ConfigureAwait(false);
            }
            catch (Exception error) when (error is ContractException or SettingsException or IOException or UnauthorizedAccessException)
            {
                await result.InvocationConfiguration.Error
                    .WriteLineAsync(SafeText.Clean(WorkingDirectory.IsMissingIn(error) ? WorkingDirectory.Deleted : error.Message))
                    .ConfigureAwait(false);
                return failed;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync("interrupted before it was done").ConfigureAwait(false);
                return ExitCodes.Interrupted;
            }
        });
        return command;
    }
}
