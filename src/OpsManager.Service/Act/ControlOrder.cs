using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Service.Act;

/// <summary>A control that was asked for and found to make sense.</summary>
/// <param name="By">Who acts, as the runtime records it.</param>
/// <param name="Confirm">Look for the effect afterwards.</param>
internal sealed record ControlOrder(string Loop, Intent Intent, string By, string Key, string Trace, bool Confirm)
{
    /// <summary>The request of the key: loop, intent, by and note, as SHA-256 in hexadecimal.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var word in new[] { Loop, Intent.Word, By, Intent.Note })
        {
            // With its length: no two requests run together to the same text.
            text.Append(CultureInfo.InvariantCulture, $"{word?.Length ?? -1}:{word};");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
