using System.IO.Abstractions;
using System.Text;
using OpsManager.Configuration.Yaml;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Configuration.Files;

/// <summary>
/// The user's own settings files: <c>config.yaml</c>, <c>themes/NAME.yaml</c> and <c>keymaps/NAME.yaml</c> in one directory. Read
/// with a limit, because they are anybody's; only read, never written.
/// </summary>
public sealed class UserFiles
{
    private const string Extension = ".yaml";
    private const int MaxNames = 1000;

    private readonly IFileSystem files;
    private readonly IFileStats stats;

    /// <param name="root">The directory; null where there is none.</param>
    public UserFiles(IFileSystem files, string? root)
    {
        (this.files, Root) = (files, root);
        stats = IFileStats.For(files);
    }

    /// <summary>The directory, whether it exists or not; null where the environment names none.</summary>
    public string? Root { get; }

    /// <summary>
    /// The files of the user that this environment belongs to: <c>$XDG_CONFIG_HOME/ops-manager</c>, or <c>$HOME/.config/ops-manager</c>.
    /// A relative path there counts as none, as the XDG specification wants it.
    /// </summary>
    public static UserFiles Create(IFileSystem files, Func<string, string?> variable) =>
        new(files, Home(variable) is { } home ? files.Path.Combine(home, "ops-manager") : null);

    /// <summary>
    /// The names of the user's files of a kind ("themes" or "keymaps"), in order; none where the directory cannot be listed.
    /// </summary>
    public IReadOnlyList<string> Names(string kind)
    {
        try
        {
            return Root is null ? [] :
            [
                .. files.Directory.EnumerateFiles(files.Path.Combine(Root, kind), "*" + Extension).Take(MaxNames)
                    .Select(path => files.Path.GetFileNameWithoutExtension(path)).Where(IsName).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not there, most often. What cannot be listed cannot be chosen either, and is then said not to be there.
            return [];
        }
    }

    /// <summary>The user's file of that kind and name; null where there is none.</summary>
    /// <exception cref="SettingsException">It is there and cannot be read, or is too large.</exception>
    public SettingsFile? Find(string kind, string name) => IsName(name) ? Read($"{kind}/{name}{Extension}") : null;

    /// <summary>The user's config.yaml; null where there is none.</summary>
    /// <exception cref="SettingsException">It is there and cannot be read, or is too large.</exception>
    public SettingsFile? Config() => Read("config.yaml");

    /// <summary>Distinguishes states of a file without reading it.</summary>
    public FileProbe Probe(string kind, string name) =>
        Root is null || !IsName(name) ? FileProbe.Missing : stats.Probe(files.Path.Combine(Root, $"{kind}/{name}{Extension}"));

    /// <summary>The same of config.yaml.</summary>
    public FileProbe ProbeConfig() => Root is null ? FileProbe.Missing : stats.Probe(files.Path.Combine(Root, "config.yaml"));

    /// <summary>A settings file at any path, read with the same limit.</summary>
    /// <exception cref="SettingsException">It is not there, cannot be read, or is too large.</exception>
    public static SettingsFile ReadAt(IFileSystem files, string path)
    {
        var directory = files.Path.GetDirectoryName(files.Path.GetFullPath(path)) ?? "/";
        var read = new UserFiles(files, directory).Read(files.Path.GetFileName(path))
            ?? throw new SettingsException($"{path}: there is no such file");
        return read with { File = path };
    }

    // The name is used in messages, lists and paths, so it must not lead elsewhere.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name[0] != '.' && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static string? Home(Func<string, string?> variable) => variable("XDG_CONFIG_HOME") is { } config && config.StartsWith('/')
        ? config
        : variable("HOME") is { } home && home.StartsWith('/') ? $"{home.TrimEnd('/')}/.config" : null;

    private SettingsFile? Read(string path)
    {
        if (Root is null)
        {
            return null;
        }

        var full = files.Path.Combine(Root, path);
        var probe = stats.Probe(full);
        if (probe.Condition == ArtifactCondition.Missing)
        {
            return null;
        }

        if (probe.Fault is { } fault)
        {
            throw new SettingsException($"{full}: {fault}");
        }

        try
        {
            var buffer = new byte[SettingsYaml.MaxLength + 1];
            using var stream = files.FileStream.New(
                full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > SettingsYaml.MaxLength
                ? throw new SettingsException($"{full}, line 1: the file is larger than {SettingsYaml.MaxLength / 1024} KiB")
                : new SettingsFile(full, Encoding.UTF8.GetString(buffer.AsSpan(0, length)).TrimStart('\uFEFF'));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{full}: {error.Message}", error);
        }
    }
}
