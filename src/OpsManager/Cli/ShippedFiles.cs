using System.Reflection;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Keys;
using OpsManager.Tui.Settings;
using OpsManager.Tui.Themes;

namespace OpsManager.Cli;

/// <summary>Themes, keymaps and sample runs that travel inside the executable.</summary>
public static class ShippedFiles
{
    private static readonly Assembly Here = typeof(ShippedFiles).Assembly;

    public static Theme Theme(string name) => ThemeReader.Read($"themes/{name}.yaml", Text($"themes/{name}.yaml"));

    public static Keymap Keymap(string name) => Tui.Keys.Keymap.Read($"keymaps/{name}.yaml", Text($"keymaps/{name}.yaml"), static (_, wanted) => Find("keymaps", wanted));

    /// <summary>The names of the files of a kind, "themes" or "keymaps".</summary>
    public static IReadOnlyList<string> Names(string kind) =>
    [
        .. Here.GetManifestResourceNames().Where(name => name.StartsWith($"{kind}/", StringComparison.Ordinal))
            .Select(name => name[(kind.Length + 1)..^".yaml".Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>A file of a kind by name, or null.</summary>
    public static SettingsFile? Find(string kind, string name) => Names(kind).Contains(name) ? new($"{kind}/{name}.yaml", Text($"{kind}/{name}.yaml")) : null;

    /// <summary>Every sample run, by name.</summary>
    public static IReadOnlyList<Tape> SampleRuns() =>
        [.. Here.GetManifestResourceNames().Where(static name => name.StartsWith("sample-runs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(SampleRun)];

    private static Tape SampleRun(string name)
    {
        using var stream = Open(name);
        return TapeReader.Read(TapeStore.Name(name["sample-runs/".Length..]), stream);
    }

    private static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    private static Stream Open(string name) =>
        Here.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in this executable: the build left it out");
}
