using OpsManager.Tui.Content;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Palette;

namespace OpsManager.Tui.Shell;

/// <summary>What the bottom line has said, which goes by itself: it can be read again.</summary>
internal static class ToldMessages
{
    /// <summary>The word that shows them.</summary>
    public const string Name = "messages";

    private const int MaxKept = 200;

    /// <summary>The model, with what its bottom line says now and did not say before.</summary>
    public static AppModel Kept(AppModel before, AppModel after)
    {
        if (after.Ui.Toast is not { } toast || ReferenceEquals(toast, before.Ui.Toast))
        {
            return after;
        }

        var told = after.Ui.Told.Add($"{Ages.Clock(after.Clock)}Z  {toast.Text}");
        return after with { Ui = after.Ui with { Told = told.Count > MaxKept ? told.RemoveAt(0) : told } };
    }

    public static AppModel Open(AppModel model) => model with
    {
        Ui = model.Ui with
        {
            Overlay = Overlay.Pager,
            Toast = null,
            Pager = new PagerState("", Name, null, "MESSAGES") { Made = model.Ui.Told, Wraps = true, Aim = PagerAim.Last },
        },
    };

    public static Choice Choice(AppModel model) => new(
        Name, "What the bottom line has said, the newest at the end", "", model.Ui.Told.IsEmpty ? "nothing was said yet" : null,
        model.Ui.Told.IsEmpty ? new ToastRequested("nothing was said yet") : new MessagesAsked())
    {
        Title = "Show the messages again",
        Aliases = "log history notifications errors toast",
    };
}
