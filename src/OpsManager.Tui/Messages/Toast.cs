using OpsManager.Configuration.Themes;

namespace OpsManager.Tui.Messages;

/// <summary>A word to the operator that goes by itself: at the next key, or at <paramref name="Until"/>.</summary>
internal sealed record Toast(string Text, StyleRole Role, DateTimeOffset Until)
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(6);

    public static Toast Note(string text, DateTimeOffset now) => new(text, StyleRole.Toast, now + Shown);

    public static Toast Fault(string text, DateTimeOffset now) => new(text, StyleRole.Error, now + Shown);
}
