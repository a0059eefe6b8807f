using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>eng/install.sh, with a tarball as eng/package makes it; its executable is a script.</summary>
public sealed class InstallTests : IDisposable
{
    private const string Name = "ops-manager-9.8.7-linux-x64";

    private readonly string root = Directory.CreateTempSubdirectory("ops-manager-install-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task It_installs_what_has_the_right_checksum_and_removes_no_more_than_that()
    {
        await PackAsync();
        await File.WriteAllTextAsync(At("SHA256SUMS"), $"{Sum()}  {Name}.tar.gz\n", Cancel);
        Directory.CreateDirectory(At("home/.local/bin"));
        await File.WriteAllTextAsync(At("home/.local/bin/own"), "", Cancel);

        var installed = await RunAsync(At($"{Name}.tar.gz"));

        Assert.Equal((0, ""), (installed.ExitCode, installed.Error));
        Assert.StartsWith($"Installed ops-manager 9.8.7+abc into {At("home/.local")}:\n", installed.Output, StringComparison.Ordinal);
        Assert.Contains("is not on PATH. Add it: export PATH=", installed.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            $"Remove it: sh {At("home/.local/share/ops-manager/install.sh")} --remove\n", installed.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(At("home/.local/share/man/man1/ops-manager.1.gz")));

        var removed = await RunAsync("--remove");

        Assert.Equal((0, ""), (removed.ExitCode, removed.Error));
        Assert.Equal([At("home/.local/bin/own")], Directory.GetFiles(At("home"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_later_version_takes_the_files_away_that_it_does_not_have()
    {
        await PackAsync("share/doc/ops-manager/old.md");
        await RunAsync("--sha256", Sum(), At($"{Name}.tar.gz"));
        await PackAsync("share/doc/ops-manager/new.md");

        var again = await RunAsync("--sha256", Sum(), At($"{Name}.tar.gz"));

        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        Assert.Equal(
            ["new.md"], Directory.GetFiles(At("home/.local/share/doc/ops-manager")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_has_another_checksum_or_none_is_not_installed()
    {
        await PackAsync();

        var none = await RunAsync(At($"{Name}.tar.gz"));
        var wrong = await RunAsync("--sha256", new string('0', 64), At($"{Name}.tar.gz"));
        await File.WriteAllTextAsync(At("SHA256SUMS"), $"{Sum()}  another.tar.gz\n", Cancel);
        var other = await RunAsync(At($"{Name}.tar.gz"));

        Assert.All([none, wrong, other], static result => Assert.Equal(1, result.ExitCode));
        Assert.Equal(
            $"install.sh: there is no checksum: {At("SHA256SUMS")} does not exist. "
                + "Name the list with --sums, or the checksum with --sha256\n",
            none.Error);
        Assert.Equal(
            $"install.sh: the checksum of {Name}.tar.gz is {Sum()}, and must be {new string('0', 64)}: "
                + "nothing was installed. Fetch it again\n",
            wrong.Error);
        Assert.Equal($"install.sh: {At("SHA256SUMS")} has no checksum of {Name}.tar.gz\n", other.Error);
        Assert.False(Directory.Exists(At("home")));
    }

    [Theory]
    [InlineData("name a tarball, a file or an address; see install.sh --help")]
    [InlineData("there is no option --force; see install.sh --help", "--force")]
    [InlineData("--prefix needs a directory", "--prefix")]
    [InlineData("missing.tar.gz does not exist, or is not a file", "missing.tar.gz")]
    [InlineData("SHA256SUMS is not named like a tarball of ops-manager: ops-manager-VERSION-linux-x64.tar.gz", "SHA256SUMS")]
    public async Task A_mistake_is_named(string message, params string[] arguments)
    {
        await File.WriteAllTextAsync(At("SHA256SUMS"), "", Cancel);

        var result = await RunAsync(arguments);

        Assert.Equal((1, $"install.sh: {message}\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_tarball_with_links_is_refused()
    {
        await PackAsync(link: "/etc/passwd");

        var result = await RunAsync("--sha256", Sum(), At($"{Name}.tar.gz"));

        Assert.Equal(
            (1, $"install.sh: {Name}.tar.gz has links or devices: it is not a tarball of ops-manager\n"), (result.ExitCode, result.Error));
        Assert.False(Directory.Exists(At("home")));
    }

    private string At(string path) => Path.Combine(root, path);

    private string Sum() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At($"{Name}.tar.gz"))));

    /// <param name="more">One more file, below the directory that the tarball has.</param>
    /// <param name="link">Where a link in it leads; null for no link.</param>
    private async Task PackAsync(string? more = null, string? link = null)
    {
        var tree = At(Name);
        DeleteIfThere(tree);
        foreach (var file in new[] { "bin/ops-manager", "share/man/man1/ops-manager.1.gz", more }.OfType<string>())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(tree, file))!);
            await File.WriteAllTextAsync(Path.Combine(tree, file), "#!/bin/sh\necho 9.8.7+abc\n", Cancel);
        }

#pragma warning disable CA1416 // Not on Windows: neither is the program.
        File.SetUnixFileMode(
            Path.Combine(tree, "bin/ops-manager"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        if (link is not null)
        {
            File.CreateSymbolicLink(Path.Combine(tree, "share/link"), link);
        }

        await Tool.RunAsync("tar", ["-C", root, "-czf", At($"{Name}.tar.gz"), Name], null, Cancel);
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        if (RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Assert.Skip("the tarball is named for x86_64");
        }

        using var script = new RunningProgram(
            new Dictionary<string, string> { ["HOME"] = At("home"), ["PREFIX"] = "" }, "sh",
            ["-c", "cd \"$1\"; shift; exec sh \"$@\"", "sh", root, RepoRoot.Combine("eng", "install.sh"), .. arguments]);
        return await script.EndAsync();
    }
}
