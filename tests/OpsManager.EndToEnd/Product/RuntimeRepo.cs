using System.Diagnostics;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>A repository in which a child runtime works: each run is a process of its own that writes what the runtime writes.</summary>
internal sealed class RuntimeRepo : IDisposable
{
    private readonly List<Process> runs = [];
    private readonly string command;

    public RuntimeRepo()
    {
        Directory.CreateDirectory(Path.Combine(Root, ".superloop", "loops"));
        command = Path.Combine(Directory.CreateDirectory(Path.Combine(Root, "bin")).FullName, "superloop.sh");
        File.CreateSymbolicLink(command, RuntimeBinary.Path);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("ops-manager-quiet-").FullName;

    /// <summary>Starts <c>superloop.sh run</c>.</summary>
    /// <param name="end">complete, approval, idle or wait.</param>
    public Process Run(string loop, string end)
    {
        string[] arguments = ["run", "--repo", Root, "--loop", loop, "--end", end, "--pause-ms", "300"];
        var run = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardInput = true })!;
        runs.Add(run);
        return run;
    }

    /// <summary>The same, until it has ended.</summary>
    public async Task RunToEndAsync(string loop, string end)
    {
        await Run(loop, end).WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, runs[^1].ExitCode);
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, ".superloop", path));

    public void Dispose()
    {
        foreach (var run in runs)
        {
            if (!run.HasExited)
            {
                run.Kill();
                run.WaitForExit();
            }

            run.Dispose();
        }

        Directory.Delete(Root, recursive: true);
    }
}
