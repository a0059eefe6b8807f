namespace OpsManager.Tui.Terminal.Output;

/// <summary>A program that shares one terminal among several.</summary>
public enum Multiplexer
{
    None, Tmux, Screen,
}
