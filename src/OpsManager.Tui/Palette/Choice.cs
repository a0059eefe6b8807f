using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Palette;

/// <summary>One of several things that a typed line may mean.</summary>
/// <param name="Text">What is in the line when it is completed.</param>
/// <param name="Detail">What it does.</param>
/// <param name="Keys">Its keys, where it has some.</param>
/// <param name="WhyNot">Why it cannot be done now; null where it can.</param>
/// <param name="Message">What taking it says.</param>
internal sealed record Choice(string Text, string Detail, string Keys, string? WhyNot, Message Message)
{
    /// <summary>How it is shown: a sentence; <see cref="Text"/> where it has none.</summary>
    public string Title
    {
        get => field ?? Text;
        init;
    }

    /// <summary>Other words by which people look for it.</summary>
    public string Aliases { get; init; } = "";
}
