using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary><c>replay RECORDING…</c>: the screen over tapes, repositories and sample runs.</summary>
internal static class ReplayVerb
{
    public static Command Command(VerbContext context)
    {
        var named = new Argument<string[]>("recordings")
        {
            HelpName = "RECORDING",
            Description = "A tape, also packed with gzip; a repository, its .superloop or a tar of one; a directory of tapes; or the "
                + "name of a sample run, or its first letters.",
            Arity = ArgumentArity.OneOrMore,
        };
        var flags = new ReplayFlags();
        var display = new DisplayOptions();
        var command = new Command(VerbNames.Replay, "Replay recordings on the screen. Nothing can be sent.")
        {
            named,
        };
        flags.AddTo(command);
        display.AddTo(command);
        return command.Does(async (args, _, _) =>
        {
            var names = args.GetRequiredValue(named);
            var opened = RecordingArguments.Open(context.Files, names, SampleRuns.Entries());
            foreach (var fault in opened.Faults)
            {
                await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(fault)).ConfigureAwait(false);
            }

            if (opened.Entries.Count == 0)
            {
                return ExitCodes.Failed;
            }

            var options = flags.From(args);
            var first = opened.Entries[0];
            if (flags.StartAt(args) is { } moment)
            {
                var tape = first.Open();
                options = options with { StartAt = moment.In(tape.RecordedAt, tape.Length) };
                first = first.Keeping(tape);
            }

            var count = opened.Entries.Count;
            return new ReplayScreen(args, display, context).Show(
                $"ops-manager replay {(count == 1 ? first.Info.Name : $"{count} recordings")}",
                [first, .. opened.Entries.Skip(1)],
                options,
                Notice(opened.Faults));
        });
    }

    private static string? Notice(IReadOnlyList<string> faults) => faults switch
    {
        [] => null,
        [var only] => only,
        [var first, ..] => $"{faults.Count} recordings cannot be read; the first: {first}",
    };
}
