using System.Drawing;
using System.Runtime.CompilerServices;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Input;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Time;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>
/// Makes the application object on our input and output. The library offers no public way to bring one's own, so its constructor is
/// reached by name; when that or the first steps after it fail, the library's public way is taken instead.
/// </summary>
public static class ApplicationFactory
{
    // While "1", the library takes no terminal for itself: no raw mode, no polling, no sequences. Ours does all that.
    private const string NoDriverVariable = "DisableRealDriverIO";

    /// <summary>Makes an application.</summary>
    /// <param name="input">Where keys come from in <see cref="TerminalMode.Own"/>; made only when needed.</param>
    /// <param name="output">Where frames go in <see cref="TerminalMode.Own"/>.</param>
    /// <param name="forceLibrary">Take the library's way without trying ours.</param>
    /// <param name="time">Clock for timers and key timeouts; null is the system's.</param>
    /// <param name="beforeLibrary">
    /// Done before the library's way is taken: it saves the terminal's settings, and must find the original ones.
    /// </param>
    public static TerminalApplication Create(
        Func<AnsiInput> input, DiffOutput output, bool forceLibrary = false, ITimeProvider? time = null, Action? beforeLibrary = null)
    {
        if (forceLibrary)
        {
            beforeLibrary?.Invoke();
            return new TerminalApplication(CreateLibrary(time), TerminalMode.Library, "asked for");
        }

        var (own, reason) = MakeOwn(input, output, time);
        if (own is not null)
        {
            return new TerminalApplication(own, TerminalMode.Own, null);
        }

        beforeLibrary?.Invoke();
        return new TerminalApplication(CreateLibrary(time), TerminalMode.Library, reason);
    }

    /// <summary>Makes an application of ours on nothing and ends it: neither drawn nor read, and the terminal is not asked.</summary>
    /// <returns>Null where it works; else why the library's own way would be taken.</returns>
    public static string? SelfTest()
    {
        LibrarySettings.Reset(asciiGlyphs: false);
        using var withheld = new WithheldPrograms();
        var (own, reason) = MakeOwn(static () => new NoInput(), new DiffOutput(new NoPort(), ColorDepth.None), null);
        own?.Dispose();
        return reason;
    }

    private static (IApplication? Application, string? Reason) MakeOwn(Func<AnsiInput> input, DiffOutput output, ITimeProvider? time)
    {
        AnsiInput? reader = null;
        IApplication? own = null;
        var before = Environment.GetEnvironmentVariable(NoDriverVariable);
        Environment.SetEnvironmentVariable(NoDriverVariable, "1");
        try
        {
            reader = input();
            own = (IApplication)NewApplication(new AnsiComponentFactory(reader, output), time ?? new SystemTimeProvider());
            own.Init();
            ProveItWorks(own, output);
            return (own, null);
        }
        // Whatever another version of the library does differently ends here, and is told to the operator.
#pragma warning disable CA1031
        catch (Exception error)
#pragma warning restore CA1031
        {
            // A reader that sleeps in the kernel would hold up the disposal.
            (reader as BlockingInput)?.Stop();
            own?.Dispose();
            return (null, $"{error.GetType().Name}: {error.Message}");
        }
        finally
        {
            // Commands started later must not inherit it.
            Environment.SetEnvironmentVariable(NoDriverVariable, before);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType("Terminal.Gui.App.ApplicationImpl, Terminal.Gui")]
    private static extern object NewApplication(IComponentFactory componentFactory, ITimeProvider timeProvider);

    /// <summary>The start-up self-test: what the loop and the panes rely on is there and is ours.</summary>
    private static void ProveItWorks(IApplication application, DiffOutput output)
    {
        var driver = application.Driver ?? throw new InvalidOperationException("the application has no driver");
        if (!ReferenceEquals(driver.GetOutput(), output))
        {
            throw new InvalidOperationException("the application does not write to the output it was given");
        }

        if (application.TimedEvents is null || application.SessionStack is null || application.Navigation is null)
        {
            throw new InvalidOperationException("the application lacks timers, sessions or navigation");
        }

        var contents = driver.GetOutputBuffer().Contents;
        if (contents is null || new Size(contents.GetLength(1), contents.GetLength(0)) != output.GetSize())
        {
            throw new InvalidOperationException("the application's buffer has not the terminal's size");
        }

        _ = driver.GetInputProcessor().GetParser().State;
    }

    private static IApplication CreateLibrary(ITimeProvider? time)
    {
        var application = time is null ? Application.Create() : Application.Create(time);
        // By name, so that no configuration chooses another driver.
        application.Init(DriverRegistry.Names.ANSI);
        if (application.Driver is { } driver)
        {
            // In this mode alone the library sends neither hyperlinks nor titles that come from untrusted text. The price is sixteen
            // colours.
            driver.GetOutput().IsLegacyConsole = true;
        }

        return application;
    }

    /// <summary>A keyboard on which nobody types.</summary>
    private sealed class NoInput : AnsiInput
    {
        public override bool Peek() => false;
    }
}
