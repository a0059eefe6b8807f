namespace OpsManager.Sources.Processes;

/// <summary>
/// What this process does with signals, where that decides over its children. A parent may have started us with SIGCHLD ignored: then
/// the kernel forgets every child that ends, and its exit code with it. That has to be undone before the runtime installs its handlers.
/// </summary>
public static unsafe class ChildSignals
{
    private const int SigPipe = 13;
    private const int SigChild = 17;
    private const nint ByDefault = 0;
    private const nint Ignored = 1;

    /// <summary>To be called first in Main; again does no harm.</summary>
    public static void Prepare()
    {
        if (Handler(SigChild) == Ignored)
        {
            _ = ChildLibc.Signal(SigChild, ByDefault);
        }

        // A child that does not read what we write to it is no reason to die.
        if (Handler(SigPipe) == ByDefault)
        {
            _ = ChildLibc.Signal(SigPipe, Ignored);
        }
    }

    private static nint Handler(int signal)
    {
        // struct sigaction begins with the handler on every architecture that .NET runs on under Linux.
        var action = stackalloc nint[ChildLibc.StructSize / sizeof(nint)];
        return ChildLibc.SigAction(signal, null, action) == 0 ? *action : ByDefault;
    }
}
