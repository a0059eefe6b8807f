namespace OpsManager.Sources.Record;

/// <summary>
/// Texts without the secrets that are known by their shape (docs/recording.md), for what is written outside a recording.
/// </summary>
public static class SecretText
{
    private static readonly Lazy<Redactor> Known = new(static () => new Redactor(new RedactionRules([], "", [], [])));

    public static string Redact(string text)
    {
        lock (Known)
        {
            return Known.Value.Redact(text);
        }
    }
}
