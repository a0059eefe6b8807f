namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>What carries the screen.</summary>
public enum TerminalMode
{
    /// <summary>Our loop, input and output: nothing sent when nothing changes, answers in a few milliseconds.</summary>
    Own,

    /// <summary>The library's own loop and driver, with a difference pass on top: works, but polls and has sixteen colours.</summary>
    Library,
}
