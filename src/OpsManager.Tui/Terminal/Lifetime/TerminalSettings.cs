using OpsManager.Tui.Terminal.Unix;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>The settings of a terminal (termios), as they were when this was made.</summary>
/// <remarks>Of what is no terminal there are none: then nothing here does anything.</remarks>
internal sealed unsafe class TerminalSettings
{
    private readonly int descriptor;
    private readonly byte[] saved = new byte[Libc.TermiosSize];

    /// <param name="descriptor">The terminal; negative is none.</param>
    public TerminalSettings(int descriptor)
    {
        this.descriptor = descriptor;
        fixed (byte* termios = saved)
        {
            AreSaved = Libc.TcGetAttr(descriptor, termios) == 0;
        }
    }

    /// <summary>Whether there is a terminal, and so something to put back.</summary>
    public bool AreSaved { get; }

    /// <summary>Raw mode: keys arrive as they are pressed and are not echoed.</summary>
    public void SetRaw()
    {
        if (!AreSaved)
        {
            return;
        }

        var raw = stackalloc byte[Libc.TermiosSize];
        saved.CopyTo(new Span<byte>(raw, Libc.TermiosSize));
        Libc.CfMakeRaw(raw);
        _ = Libc.TcSetAttr(descriptor, 0, raw);
    }

    /// <summary>As they were.</summary>
    public void PutBack()
    {
        if (AreSaved)
        {
            fixed (byte* termios = saved)
            {
                _ = Libc.TcSetAttr(descriptor, 0, termios);
            }
        }
    }
}
