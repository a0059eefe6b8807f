using System.Globalization;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Shell;

/// <summary>
/// The line over the panes while a loop is rolled back: which, why, and what can be done. In a replay it says first
/// why the recording cannot be read, and where nothing is rolled back what the recording cannot tell.
/// </summary>
internal static class BannerBar
{
    /// <summary>From this width on there is room for the keys beside the cause.</summary>
    private const int WithKeys = 70;

    public static (Row Left, Row Right) Compose(AppModel model, int width)
    {
        var loops = model.RolledBack;
        if (model.Replay is { } replay && (replay.Fault ?? (loops.Count == 0 ? replay.Note : null)) is { } said)
        {
            var line = CellText.Truncate(SafeText.Clean($" {said}"), width);
            return (Row.From(new Span(line, StyleRole.HeaderAlert)), Row.Blank);
        }

        // That of the chosen run says most.
        var told = loops.FirstOrDefault(loop => ReferenceEquals(loop, model.Current)) ?? loops[0];
        var more = loops.Count > 1 ? $" and {(loops.Count - 1).ToString(CultureInfo.InvariantCulture)} more" : "";
        var text = $" ROLLED BACK {model.NameOf(told)}{more}: {told.Rollback?.Why ?? told.Trigger?.Why} ";
        return (
            Row.From(new Span(SafeText.Clean(text), StyleRole.HeaderAlert)),
            Row.From(new Span(width < WithKeys ? "" : Keys(model), StyleRole.HeaderAlert)));
    }

    private static string Keys(AppModel model)
    {
        string[] keys = [.. new[] { ActionId.ShowIncident, ActionId.Rearm }
            .Where(action => Availability.WhyNot(model, action) is null && model.Keymap.KeysOf(action).Count > 0)
            .Select(action => $"{model.Keymap.KeysOf(action)[0]} {Bindings.For(action).Label}")];
        return keys.Length == 0 ? "" : $" {string.Join(" · ", keys)} ";
    }
}
