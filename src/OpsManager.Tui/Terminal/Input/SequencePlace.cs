namespace OpsManager.Tui.Terminal.Input;

/// <summary>How far a key sequence has been read.</summary>
internal enum SequencePlace
{
    /// <summary>Between two keys.</summary>
    Ground,

    /// <summary>After ESC.</summary>
    Escape,

    /// <summary>After ESC O (SS3).</summary>
    SingleShift,

    /// <summary>After ESC [ (CSI).</summary>
    Sequence,

    /// <summary>After ESC [ [, with which the Linux console begins F1 to F5.</summary>
    LinuxFunction,

    /// <summary>After ESC [ M: three characters of a mouse report in its first form.</summary>
    OldMouse,

    /// <summary>In a string: an answer of the terminal, or what another program asked of it.</summary>
    String,

    /// <summary>After an ESC in a string, which a backslash makes its end.</summary>
    StringEscape,

    /// <summary>After a "[" or "O" that followed an Esc which was given up.</summary>
    LateOpening,
}
