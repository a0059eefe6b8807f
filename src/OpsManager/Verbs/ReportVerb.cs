using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Pages;
using OpsManager.Sources.Compare;
using OpsManager.Sources.Files;
using OpsManager.Sources.Pages;

namespace OpsManager.Verbs;

/// <summary><c>report</c>: one page about a run, as HTML or Markdown, that needs nothing else.</summary>
internal static class ReportVerb
{
    /// <summary>Standard output, as the name of a file.</summary>
    private const string Standard = "-";

    public static Command Command(VerbContext context)
    {
        var named = new Argument<string?>("recording")
        {
            Description = "PLACE or PLACE:LOOP: a tape, a repository, an archive of one, or a sample run. Default: --repo.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> repo = CommonOptions.Repo(), loop = new(FlagNames.Loop) { Description = "Loop id. Default: the only one." };
        var html = new Option<string?>(FlagNames.Html)
        {
            HelpName = "FILE",
            Description = "Write a page of HTML into this file; - for standard output.",
        };
        var md = new Option<string?>(FlagNames.Md)
        {
            HelpName = "FILE",
            Description = "Write Markdown into this file. Without --html and --md, Markdown goes to standard output.",
        };
        return new Command(VerbNames.Report, "Write a report about the newest run of a loop, to be kept or shown to others.")
        {
            named, repo, loop, html, md,
        }.Does(async (args, output, cancel) =>
        {
            var input = await ReadAsync(context, args.GetValue(named), args.GetValue(repo), args.GetValue(loop), cancel)
                .ConfigureAwait(false);
            var now = UtcSecondsConverter.Text(context.Time.GetUtcNow());
            var page = input with { MadeBy = $"Made by ops-manager at {now}." };
            var (htmlFile, mdFile) = (args.GetValue(html), args.GetValue(md) ?? (args.GetValue(html) is null ? Standard : null));
            Write(context, htmlFile, output, writer => RunPage.WriteHtml(page, writer));
            Write(context, mdFile, output, writer => RunPage.WriteMarkdown(page, writer));
            return ExitCodes.Ok;
        });
    }

    private static async Task<RunPageInput> ReadAsync(
        VerbContext context, string? named, string? repo, string? loop, CancellationToken cancel)
    {
        if (named is not null && repo is not null)
        {
            throw new ContractException("usage", $"{SettingsYaml.Quote(named)} and {FlagNames.Repo} name two places; leave one out");
        }

        var runs = new RunArguments(context);
        var name = named is null ? new RunName("", loop) : runs.Parse(named);
        if (name.Run is not null || name.Iteration is not null)
        {
            throw new ContractException(
                "usage", $"a report is about the newest run of a loop: name PLACE or PLACE:LOOP, and not \"{name}\"");
        }

        var root = named is null ? context.Repo(repo) : runs.Repository(name.Place);
        return root is not null
            ? await RunPageReader.ReadAsync(context.Files, context.Time, root, name.Loop ?? loop, cancel).ConfigureAwait(false)
            : RunPageReader.Read(runs.Recording(name.Place), name.Loop ?? loop);
    }

    /// <summary>
    /// Writes where somebody asked for it. A report is made to be shared, so its permissions are those that the user's umask gives any
    /// file. What is there is replaced by rename: nobody sees half of a page.
    /// </summary>
    private static void Write(VerbContext context, string? file, TextWriter output, Action<TextWriter> write)
    {
        if (file is null or Standard)
        {
            if (file is not null)
            {
                write(output);
            }

            return;
        }

        using var text = new StringWriter { NewLine = "\n" };
        write(text);
        var full = context.Files.Path.GetFullPath(file);
        var folder = context.Files.Path.GetDirectoryName(full)
            ?? throw new ContractException("usage", $"{full} is a directory; name a file");
        GuardedFiles.Open(context.Files, folder).Replace(context.Files.Path.GetFileName(full), text.ToString().TrimEnd('\n'));
        output.WriteLine(SafeText.Clean(full));
    }
}
