using System.Collections.Immutable;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Text;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Palette;

/// <summary>What a typed line is for.</summary>
internal enum PromptKind
{
    Filter, Runs, Palette, Note, Acknowledge, Stage, Rearm,

    /// <summary>What is looked for in the help.</summary>
    Help,

    /// <summary>What is searched in the pager.</summary>
    Search,
}

/// <summary>A line that is being typed.</summary>
/// <param name="Text">Clean, in one line.</param>
/// <param name="Cursor">Before which character of <paramref name="Text"/> the next one goes.</param>
/// <param name="Choice">Which of the choices is taken.</param>
/// <param name="Before">What to go back to where the line is left.</param>
internal sealed record PromptState(PromptKind Kind, string Text, int Cursor, int Choice = 0, string Before = "")
{
    private const int MaxLength = 500;

    public static PromptState Filter(string text) => new(PromptKind.Filter, text, text.Length, 0, text);

    public static PromptState Runs(string text) => new(PromptKind.Runs, text, text.Length, 0, text);

    public static PromptState Help(string text) => new(PromptKind.Help, text, text.Length);

    /// <param name="text">What is typed already.</param>
    public static PromptState Palette(string text = "") => new(PromptKind.Palette, text, text.Length);

    public static PromptState Search() => new(PromptKind.Search, "", 0);

    public static PromptState Note(string text) => new(PromptKind.Note, text, text.Length, 0, text);

    public static PromptState Acknowledge(ReviewKey subject) => new(PromptKind.Acknowledge, "", 0) { Subject = subject };

    /// <summary>The intent that is acknowledged; null for everything else.</summary>
    public ReviewKey? Subject { get; private init; }

    public static PromptState Stage(LoopKey run, RolloutStage stage) => new(PromptKind.Stage, "", 0) { Change = (run, stage) };

    /// <summary>The stage that is asked for; null for everything else.</summary>
    public (LoopKey Run, RolloutStage Stage)? Change { get; private init; }

    public static PromptState Rearm(LoopKey run) => new(PromptKind.Rearm, "", 0) { Run = run };

    /// <summary>The run whose loop is re-armed; null for everything else.</summary>
    public LoopKey? Run { get; private init; }

    /// <summary>A line that acts on several runs.</summary>
    /// <param name="stage">The stage that is asked for; null where their results are acknowledged.</param>
    public static PromptState ForMarked(IEnumerable<LoopKey> marked, RolloutStage? stage) =>
        new(stage is null ? PromptKind.Acknowledge : PromptKind.Stage, "", 0) { Marked = [.. marked], MarkedStage = stage };

    /// <summary>The runs that were marked when the line was opened; empty where it acts on one.</summary>
    public ImmutableArray<LoopKey> Marked { get; private init; } = [];

    /// <summary>The stage that is asked for them.</summary>
    public RolloutStage? MarkedStage { get; private init; }

    /// <summary>The run that is acted on by what is typed; null where it is none, or where it is several.</summary>
    public LoopKey? ActsOn => Subject?.Run ?? Change?.Run ?? Run;

    public PromptState Insert(string typed)
    {
        var clean = SafeText.Clean(typed);
        return Text.Length + clean.Length > MaxLength ? this : With(Text.Insert(Cursor, clean), Cursor + clean.Length);
    }

    public PromptState DeleteBack() => With(Text.Remove(Previous, Cursor - Previous), Previous);

    public PromptState DeleteForward() => With(Text.Remove(Cursor, Next - Cursor), Cursor);

    public PromptState DeleteWord()
    {
        var start = Text.AsSpan(0, Cursor).TrimEnd(' ').LastIndexOf(' ') + 1;
        return With(Text.Remove(start, Cursor - start), start);
    }

    public PromptState DeleteLine() => With("", 0);

    public PromptState Left() => this with { Cursor = Previous };

    public PromptState Right() => this with { Cursor = Next };

    public PromptState ToStart() => this with { Cursor = 0 };

    public PromptState ToEnd() => this with { Cursor = Text.Length };

    /// <summary>Where the character before the cursor starts: marks belong to their letter.</summary>
    private int Previous
    {
        get
        {
            int start = 0, at = 0;
            foreach (var grapheme in CellText.Graphemes(Text.AsSpan(0, Cursor)))
            {
                start = at;
                at += grapheme.Text.Length;
            }

            return start;
        }
    }

    private int Next
    {
        get
        {
            foreach (var grapheme in CellText.Graphemes(Text.AsSpan(Cursor)))
            {
                return Cursor + grapheme.Text.Length;
            }

            return Cursor;
        }
    }

    private PromptState With(string text, int cursor) => this with { Text = text, Cursor = cursor, Choice = 0 };
}
