namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>
/// The console of .NET. When anything first touches it (its writers, its width, a child process of a library), it switches the
/// terminal to application cursor keys and keypad, which nobody asked for, and never switches back; redirected output does not keep
/// it from that as long as some terminal is left. It sends what the terminal description of TERM says, and asks once only.
/// </summary>
public static class RuntimeConsole
{
    private const string TermVariable = "TERM";

    /// <summary>
    /// Starts it while there is no TERM: then it knows no sequence, and sends none for as long as the process lives. It also saves the
    /// terminal's settings here, which it puts back at the very end. To be called before other threads run; again does no harm.
    /// </summary>
    public static void StartQuietly()
    {
        // The runtime keeps its own copy of the environment: what children and we see of TERM is the same before and after.
        var term = Environment.GetEnvironmentVariable(TermVariable);
        Environment.SetEnvironmentVariable(TermVariable, null);
        try
        {
            // Read for what they do on the way. This is the terminal layer.
#pragma warning disable RS0030
            _ = Console.Out;
            _ = Console.WindowWidth;
#pragma warning restore RS0030
        }
        finally
        {
            Environment.SetEnvironmentVariable(TermVariable, term);
        }
    }
}
