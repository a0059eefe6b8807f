using System.Globalization;

namespace OpsManager.Tui.Terminal.Input;

/// <summary>Keys in the form of CSI u, which the library takes whole and at once.</summary>
internal static class CsiU
{
    /// <summary>Esc. After the plain one the library waits for more.</summary>
    public const string Escape = "\e[27u";

    /// <summary>Alt with the key of a character.</summary>
    public static string Alt(char character) => string.Create(CultureInfo.InvariantCulture, $"\e[{(int)character};3u");
}
