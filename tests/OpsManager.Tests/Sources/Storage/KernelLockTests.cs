using System.Diagnostics;
using System.Globalization;
using System.IO.Abstractions;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OpsManager.Sources.Files;
using OpsManager.Sources.Storage;
using Xunit;

namespace OpsManager.Tests.Sources.Storage;

public sealed partial class KernelLockTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-lock-").FullName;
    private GuardedPath Lock => new(GuardedFiles.Open(new FileSystem(), folder), "kept/some.lock");

    private string Target => Path.Combine(folder, "kept", "some.lock");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void One_has_it_at_a_time_and_it_is_free_when_it_is_let_go()
    {
        using (var first = KernelLock.TryTake(Lock))
        {
            Assert.NotNull(first);
            Assert.Null(KernelLock.TryTake(Lock));
        }

        using var next = KernelLock.TryTake(Lock);
        Assert.NotNull(next);
    }

    [Fact]
    public void Its_holder_is_named_as_long_as_it_is_held()
    {
        using (KernelLock.TryTake(Lock, "ada"))
        {
            Assert.Equal("ada", KernelLock.HolderOf(Lock));
        }

        Assert.Null(KernelLock.HolderOf(Lock));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("dangling link")]
    [InlineData("pipe")]
    [InlineData("directory")]
    [InlineData("second name")]
    public void What_is_no_file_of_its_own_is_refused_with_its_path(string what)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        var other = Path.Combine(folder, "other");
        File.WriteAllText(other, "precious");
        switch (what)
        {
            case "link":
                File.CreateSymbolicLink(Target, other);
                break;
            case "dangling link":
                File.CreateSymbolicLink(Target, Path.Combine(folder, "made"));
                break;
            case "pipe":
                Run("mkfifo", Target);
                break;
            case "directory":
                Directory.CreateDirectory(Target);
                break;
            default:
                Run("ln", other, Target);
                break;
        }

        var fault = Assert.Throws<LockException>(() => KernelLock.TryTake(Lock, "ada"));

        Assert.StartsWith(Target, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Remove it, then try again.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(("precious", false), (File.ReadAllText(other), File.Exists(Path.Combine(folder, "made"))));
        Assert.Null(KernelLock.HolderOf(Lock));
    }

    [Fact]
    public void Where_nothing_can_be_written_that_is_said()
    {
        File.WriteAllText(Path.Combine(folder, "kept"), "a file where the directory should be");

        var fault = Assert.Throws<LockException>(() => KernelLock.TryTake(Lock));

        Assert.StartsWith($"{Target} cannot be ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_directory_that_only_others_may_write_it_is_refused()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may write everywhere");
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.GetDirectoryName(Target)!, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.Throws<LockException>(() => KernelLock.TryTake(Lock));
    }

    [Fact]
    public void A_program_that_was_started_meanwhile_does_not_keep_it()
    {
        var held = KernelLock.TryTake(Lock)!;
        using var child = Process.Start("sleep", "600");
        held.Dispose();
        try
        {
            using var next = KernelLock.TryTake(Lock);
            Assert.NotNull(next);
        }
        finally
        {
            child.Kill();
        }
    }

    [Fact]
    public void It_is_free_when_it_is_let_go_though_a_copy_of_its_handle_is_open_still()
    {
        // As in a program that has been forked, and does not run yet.
        var held = KernelLock.TryTake(Lock)!;
        var number = Directory.GetFiles("/proc/self/fd").First(file => TargetOf(file) == Target);
        using var copy = new SafeFileHandle(
            Duplicate(int.Parse(Path.GetFileName(number), CultureInfo.InvariantCulture)), ownsHandle: true);
        held.Dispose();

        using var next = KernelLock.TryTake(Lock);

        Assert.NotNull(next);
    }

    /// <summary>Null where another test has closed it since it was listed.</summary>
    private static string? TargetOf(string handle)
    {
        try
        {
            return File.ResolveLinkTarget(handle, returnFinalTarget: false)?.FullName;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int file);

    private static void Run(string name, params string[] arguments)
    {
        using var process = Process.Start(name, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
