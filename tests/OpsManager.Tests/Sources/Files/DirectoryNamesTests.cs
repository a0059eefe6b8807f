using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Files;

public sealed class DirectoryNamesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-names-").FullName;

    [Fact]
    public void Each_name_says_whether_it_is_a_directory_and_a_link_to_one_is_none()
    {
        Directory.CreateDirectory(Path.Combine(folder, "directory"));
        File.WriteAllText(Path.Combine(folder, "file"), "");
        Directory.CreateSymbolicLink(Path.Combine(folder, "link"), "directory");

        Assert.Equal([("directory", true), ("file", false), ("link", false)], Names());
    }

    [Fact]
    public void An_empty_directory_has_no_names() => Assert.Empty(Names());

    [Fact]
    public void More_names_than_the_kernel_gives_at_once_are_all_read()
    {
        for (var index = 0; index < 1500; index++)
        {
            File.WriteAllText(Path.Combine(folder, $"a-file-with-a-rather-long-name-{index:0000}"), "");
        }

        Assert.Equal(1500, Names().Distinct().Count());
    }

    [Fact]
    public void What_cannot_be_listed_is_the_kernels_error()
    {
        File.WriteAllText(Path.Combine(folder, "file"), "");
        var file = LinuxFiles.OpenIn(LinuxFiles.CurrentDirectory, Path.Combine(folder, "file"), LinuxFiles.CloseOnExec);
        Assert.Equal(-LinuxFiles.NotADirectory, DirectoryNames.Read(file, out var names));
        LinuxFiles.CloseNow(file);
        Assert.Empty(names);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IEnumerable<(string, bool)> Names()
    {
        var opened = LinuxFiles.OpenIn(LinuxFiles.CurrentDirectory, folder, LinuxFiles.Directory | LinuxFiles.CloseOnExec);
        Assert.Equal(0, DirectoryNames.Read(opened, out var names));
        LinuxFiles.CloseNow(opened);
        return names.OrderBy(static one => one.Name, StringComparer.Ordinal);
    }
}
