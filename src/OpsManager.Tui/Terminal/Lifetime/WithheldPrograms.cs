using OpsManager.Tui.Terminal.Unix;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>
/// While it is there, the library finds no program to start. Making an application runs "bash -c 'which xclip'" to learn about a clipboard
/// that is replaced by ours anyhow; and .NET looks for "bash" in the working directory before it looks on PATH. That directory may be
/// anybody's repository, whose "bash" would run with no key pressed. So for that moment the working directory is the root and PATH
/// leads nowhere.
/// </summary>
/// <remarks>
/// The library takes a program that cannot be started for no clipboard. Both are the whole process's: nothing else may run beside it.
/// </remarks>
internal sealed class WithheldPrograms : IDisposable
{
    private const string PathVariable = "PATH";

    /// <summary>Not empty: that would be no variable at all, and then there is a default. A file has nothing below it.</summary>
    private const string Nowhere = "/dev/null/nothing";

    private readonly string? path = Environment.GetEnvironmentVariable(PathVariable);

    /// <summary>
    /// The working directory, which may have no path now; negative where it cannot be used, and nothing in it be started.
    /// </summary>
    private readonly int here = Libc.Open(".", Libc.PathOnly | Libc.CloseOnExec);

    public WithheldPrograms()
    {
        if (here >= 0)
        {
            _ = Libc.ChangeDirectory("/");
        }

        Environment.SetEnvironmentVariable(PathVariable, Nowhere);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(PathVariable, path);
        if (here >= 0)
        {
            _ = Libc.ChangeDirectory(here);
            _ = Libc.Close(here);
        }
    }
}
