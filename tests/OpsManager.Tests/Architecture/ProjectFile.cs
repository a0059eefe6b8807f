using System.Xml.Linq;

namespace OpsManager.Tests.Architecture;

/// <summary>A project file as it is written, not as a build resolves it.</summary>
internal sealed record ProjectFile(string Path, XDocument Xml)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IEnumerable<string> References =>
        Items("ProjectReference").Select(static item => System.IO.Path.GetFileNameWithoutExtension(item.Replace('\\', '/')));

    public IEnumerable<string> Packages => Items("PackageReference");

    public static IReadOnlyList<ProjectFile> Under(string folder) =>
        [.. RepoRoot.Files(folder, "*.csproj").Select(static path => new ProjectFile(path, XDocument.Load(RepoRoot.Combine(path))))];

    private IEnumerable<string> Items(string name) =>
        Xml.Descendants(name).Select(static item => item.Attribute("Include")?.Value).OfType<string>();
}
