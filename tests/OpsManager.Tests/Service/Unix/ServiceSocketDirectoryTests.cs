using System.Diagnostics;
using OpsManager.Service.Unix;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Service.Unix;

/// <summary>Where a socket may be: nobody else can put another in its place, and of services that start at once one has it.</summary>
public sealed class ServiceSocketDirectoryTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ops-manager-socket-").FullName;

    private string Socket => Path.Combine(directory, "ops.sock");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_directory_in_which_everybody_may_replace_it_is_refused()
    {
        using var shell = Shell.At("completes");
        SetMode(directory, (UnixFileMode)0x1FF);

        var error = await Assert.ThrowsAsync<IOException>(() => ServeAsync(shell.Root));

        Assert.Contains("Everybody may replace files", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
        SetMode(directory, (UnixFileMode)0x1FF | UnixFileMode.StickyBit);
        await using var service = await ServeAsync(shell.Root);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_directory_on_the_way_in_which_everybody_may_rename_is_refused(bool isByLink)
    {
        using var shell = Shell.At("completes");
        var (open, own) = (Path.Combine(directory, "open"), Path.Combine(directory, "open", "own"));
        Directory.CreateDirectory(isByLink ? Path.Combine(directory, "elsewhere") : own);
        Directory.CreateDirectory(open);
        if (isByLink)
        {
            // Whoever may replace the link decides where callers find the socket.
            File.CreateSymbolicLink(own, "../elsewhere");
        }

        SetMode(open, (UnixFileMode)0x1FF);
        var socket = Path.Combine(own, "ops.sock");

        var error = await Assert.ThrowsAsync<IOException>(() => ServeAsync(shell.Root, socket));

        Assert.Contains($"Everybody may replace files in {open}, and so the socket.", error.Message, StringComparison.Ordinal);
        SetMode(open, (UnixFileMode)0x1FF | UnixFileMode.StickyBit);
        await using var service = await ServeAsync(shell.Root, socket);
    }

    [Fact]
    public async Task A_directory_that_another_group_may_write_is_refused()
    {
        using var shell = Shell.At("completes");
        SetMode(directory, (UnixFileMode)0x1F8);
        using var change = Process.Start("chgrp", ["1", directory])!;
        await change.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(change.ExitCode == 0, "only root may give a directory to any group");

        var error = await Assert.ThrowsAsync<IOException>(() => ServeAsync(shell.Root));

        Assert.Contains($"Group 1 may replace files in {directory}", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
        SetMode(directory, (UnixFileMode)0x1E8);
        await using var service = await ServeAsync(shell.Root);
    }

    [Fact]
    public async Task A_service_waits_for_a_program_that_holds_the_directory_and_then_starts()
    {
        using var shell = Shell.At("completes");
        var held = await DirectoryLock.TakeAsync(directory, TimeProvider.System, TestContext.Current.CancellationToken);
        var start = RunningService.StartAsync(shell.Root, shell.Time, options => options with { Socket = Socket });
        shell.Time.Advance(DirectoryLock.MaxWait / 2);
        Assert.False(start.IsCompleted);

        held.Dispose();

        await using var service = await shell.WithTimeRunningAsync(start);
        Assert.True(FileEntry.Find(Socket)!.IsSocket);
    }

    [Fact]
    public async Task A_directory_that_is_held_too_long_is_told()
    {
        using var shell = Shell.At("completes");
        using var held = await DirectoryLock.TakeAsync(directory, TimeProvider.System, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<IOException>(
            () => shell.WithTimeRunningAsync(
                RunningService.StartAsync(shell.Root, shell.Time, options => options with { Socket = Socket })));

        Assert.StartsWith($"Another program has held the lock of {directory} for 5 s.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_services_that_start_at_once_on_one_stale_socket_one_listens_and_the_others_say_that_it_is_in_use()
    {
        using var shell = Shell.At("completes");
        for (var round = 0; round < 10; round++)
        {
            var stale = Path.Combine(directory, $"{round}.sock");
            ServiceSocketTests.Stale(stale);
            var starts = Enumerable.Range(0, 8).Select(_ => Task.Run(() => ServeAsync(shell.Root, stale))).ToArray();
            await Task.WhenAll(starts).ContinueWith(static _ => { }, TaskScheduler.Default);

            Assert.All(
                starts.Where(static start => start.IsFaulted),
                static start => Assert.Contains("is in use", start.Exception!.InnerException!.Message, StringComparison.Ordinal));
            await using var service = await Assert.Single(starts, static start => start.IsCompletedSuccessfully);
        }
    }

    [Theory]
    [InlineData(0x41F8, 1000, 1000, null)]
    [InlineData(0x41F8, 1000, 0, null)]
    [InlineData(0x43F8, 1000, 50, null)]
    [InlineData(0x41F8, 1000, 50, "Group 50 may replace files in /run/a")]
    [InlineData(0x41F8, 0, 50, "Group 50 may replace files in /run/a")]
    [InlineData(0x41FF, 1000, 1000, "Everybody may replace files in /run/a")]
    [InlineData(0x41C0, 1001, 1000, "/run/a belongs to another user")]
    [InlineData(0x43FF, 1001, 1000, "/run/a belongs to another user")]
    [InlineData(0xA1FF, 1000, 50, null)]
    [InlineData(0xA1FF, 1001, 50, "/run/a belongs to another user")]
    public void Who_may_replace_the_socket_is_told_by_mode_owner_and_group(int mode, uint owner, uint group, string? words)
    {
        var fault = SocketDirectory.FaultOf("/run/a", new FileEntry(mode, owner, group, Inode: 1, Device: 1), user: 1000);

        Assert.Equal(words is null, fault is null);
        Assert.StartsWith(words ?? "", fault ?? "", StringComparison.Ordinal);
    }

    private Task<RunningService> ServeAsync(string repo) => ServeAsync(repo, Socket);

    private static Task<RunningService> ServeAsync(string repo, string socket) =>
        RunningService.StartAsync(repo, change: options => options with { Socket = socket });

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
