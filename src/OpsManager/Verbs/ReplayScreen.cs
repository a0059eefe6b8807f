using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Contract;
using OpsManager.Core.Fold;
using OpsManager.Session;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Lifetime;

namespace OpsManager.Verbs;

/// <summary>
/// The screen over recordings. No session is loaded or kept, and there is nothing in it by which anything could be sent.
/// </summary>
internal sealed class ReplayScreen(ParseResult args, DisplayOptions display, VerbContext context)
{
    /// <summary>Shows recordings until the operator leaves; one that is named on the screen is shown next.</summary>
    /// <param name="notice">What is wrong with the rest of what was named; null where nothing is.</param>
    /// <param name="opensList">Start with the list of them open.</param>
    /// <param name="past">The loop to choose in the first, which is the past of a live session; null where it is none.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ContractException">There is no terminal to draw on.</exception>
    public int Show(
        string title, IReadOnlyList<RecordingEntry> recordings, ReplayOptions options, string? notice = null, bool opensList = false,
        bool snapshotOnly = false, string? past = null)
    {
        while (true)
        {
            var end = Once(title, recordings, options, notice, opensList, snapshotOnly, past);
            if (end.Replay is not { } name)
            {
                return end.ExitCode;
            }

            (opensList, past, options) = (false, null, options with { StartAt = null, IsTour = false, IsPlaying = true });
            try
            {
                var opened = RecordingArguments.Open(context.Files, [name], SampleRuns.Entries());
                (title, recordings) = ($"ops-manager replay {name}", opened.Entries);
                notice = opened.Faults is [var fault, ..] ? fault : null;
            }
            catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
            {
                notice = error.Message;
            }
        }
    }

    private ScreenEnd Once(
        string title, IReadOnlyList<RecordingEntry> recordings, ReplayOptions options, string? notice, bool opensList, bool snapshotOnly,
        string? past)
    {
        var settings = UserSettings.Create(context.Files, context.Environment);
        var terminal = display.Terminal(args, context, settings);
        var chosen = display.Choose(args, settings, terminal, before: null);
        using var player = new ReplayPlayer(recordings, options);
        try
        {
            return ScreenSession.Run(new SessionSettings
            {
                Screen = new ScreenSettings
                {
                    Files = context.Files,
                    Operator = context.Operator(null),
                    Say = args.InvocationConfiguration.Output.WriteLine,
                    WhyNoControl = "this is a replay: nothing can be sent",
                    Sources = player.Sources,
                    Replay = player,
                    Recordings = [.. SampleRuns.Entries().Select(static sample => sample.Info)],
                    OpensList = opensList,
                    IsPast = past is not null,
                    Before = past is null ? null : new SessionState { Repo = recordings[0].Info.Name, Loop = past },
                    Fold = options.Fold,
                    SnapshotOnly = snapshotOnly,
                    Time = context.Time,
                    Theme = chosen.Theme.Value,
                    Themes = settings.Themes,
                    Keymap = chosen.Keymap.Value,
                    HasMouse = terminal.Mouse,
                    Notice = notice ?? chosen.Notice,
                    KeepCopy = text => KeptCopy.Write(context.Files, context.Environment, text),
                },
                Terminal = terminal,
                Title = title,
                RunPager = (repo, path, line) =>
                    OperatorsPager.Run(context.Children, context.Environment, context.Files.Path.Combine(repo, path), line),
            });
        }
        catch (TerminalUnusableException error)
        {
            throw new ContractException(
                "terminal_unusable", $"{error.Message}. For plain text use \"ops-manager verify --at TIME RECORDING\".", error);
        }
    }

    /// <summary>A few sample runs, one after the other, until a key takes over.</summary>
    public int Tour(bool snapshotOnly = false) =>
        Show("ops-manager demo", SampleRuns.Tour(), new ReplayOptions { IsTour = true }, snapshotOnly: snapshotOnly);

    /// <summary>All sample runs, with their list open.</summary>
    public int Samples() => Show(
        "ops-manager samples", SampleRuns.Entries(), new ReplayOptions { IsPlaying = false, PlaysChosen = true }, opensList: true);

    /// <summary>Shows what was kept of a repository, at its end, from within a session that goes on afterwards.</summary>
    /// <param name="find">The recordings, the newest first.</param>
    /// <param name="loop">That is chosen.</param>
    /// <returns>Why it cannot be shown; null where it was.</returns>
    public string? Past(Func<IReadOnlyList<RecordingEntry>> find, string loop, FoldOptions fold)
    {
        try
        {
            var kept = find();
            if (kept is not [var newest, ..])
            {
                return "nothing was recorded of this repository yet";
            }

            var tape = newest.Open();
            var options = new ReplayOptions { Fold = fold, StartAt = tape.Length, IsPlaying = false };
            Show("ops-manager past", [newest.Keeping(tape), .. kept.Skip(1)], options, past: loop);
            return null;
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    /// <summary>Shows a recording from within a session that goes on afterwards.</summary>
    /// <param name="name">As it was typed there; empty for the list of sample runs.</param>
    /// <returns>Why it cannot be shown; null where it was.</returns>
    public string? Aside(string name)
    {
        if (name.Length == 0)
        {
            Samples();
            return null;
        }

        try
        {
            var opened = RecordingArguments.Open(context.Files, [name], SampleRuns.Entries());
            Show($"ops-manager replay {name}", opened.Entries, new ReplayOptions(), opened.Faults is [var fault, ..] ? fault : null);
            return null;
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
