namespace OpsManager.Sources.Processes;

/// <summary>
/// Starts a program by posix_spawn(3). .NET's own way cannot: it offers no session or group of the child's own, hands on the signals that
/// our parent had ignored, and looks for a program in the working directory first. Nothing of it is used, so the two never wait for
/// each other's children: the runtime reaps none but its own.
/// </summary>
internal static unsafe class PosixSpawn
{
    private const short SignalDefaults = 0x04;
    private const short SignalMask = 0x08;
    private const short Session = 0x80;
    private const int SignalSetBytes = 128;

    /// <param name="path">Absolute.</param>
    /// <param name="words">The program's name, and its arguments.</param>
    /// <param name="variables">Each as "NAME=value".</param>
    /// <param name="directory">Where it runs; null for where this process does.</param>
    /// <param name="streams">Become its standard input, output and error; null leaves it ours, and the terminal with them.</param>
    /// <returns>The number of the fault; 0 for none.</returns>
    /// <exception cref="EntryPointNotFoundException">The C library is too old to start it in another directory.</exception>
    public static int Start(
        string path, IReadOnlyList<string> words, IReadOnlyList<string> variables, string? directory, ChildStreams? streams, out int pid)
    {
        using var nativePath = new NativeStrings([path, directory ?? ""]);
        using var nativeWords = new NativeStrings(words);
        using var nativeVariables = new NativeStrings(variables);
        void* attributes = stackalloc nint[ChildLibc.StructSize / sizeof(nint)];
        void* actions = stackalloc nint[ChildLibc.StructSize / sizeof(nint)];
        pid = 0;
        if (ChildLibc.AttributesInit(attributes) is not 0 and var fault)
        {
            return fault;
        }

        try
        {
            if (ChildLibc.ActionsInit(actions) is not 0 and var noActions)
            {
                return noActions;
            }

            try
            {
                // The first step that fails is the fault.
                return SetSignals(attributes, streams is not null) is not 0 and var noSignals ? noSignals
                    : directory is not null
                        && ChildLibc.ActionsAddChdir(actions, nativePath.Pointers[1]) is not 0 and var noDirectory ? noDirectory
                    : streams is not null && SetStreams(actions, streams) is not 0 and var noStreams ? noStreams
                    : ChildLibc.Spawn(
                        out pid, nativePath.Pointers[0], actions, attributes, nativeWords.Pointers, nativeVariables.Pointers);
            }
            finally
            {
                _ = ChildLibc.ActionsDestroy(actions);
            }
        }
        finally
        {
            _ = ChildLibc.AttributesDestroy(attributes);
        }
    }

    /// <summary>
    /// No signal is ignored or blocked because our parent, or the runtime, does so. A session of its own is a group of its own, which can
    /// be killed whole; it also has no terminal: what it writes there cannot break the screen, and a question for a password
    /// fails at once.
    /// </summary>
    private static int SetSignals(void* attributes, bool ownSession)
    {
        void* all = stackalloc nint[ChildLibc.StructSize / sizeof(nint)], none = stackalloc nint[ChildLibc.StructSize / sizeof(nint)];
        // sigfillset leaves out two of the C library's own, which it would then hand on as ignored.
        new Span<byte>(all, SignalSetBytes).Fill(0xff);
        _ = ChildLibc.SigEmptySet(none);
        return ChildLibc.AttributesSetDefault(attributes, all) is not 0 and var noDefaults ? noDefaults
            : ChildLibc.AttributesSetMask(attributes, none) is not 0 and var noMask ? noMask
            : ChildLibc.AttributesSetFlags(attributes, (short)(SignalDefaults | SignalMask | (ownSession ? Session : 0)));
    }

    private static int SetStreams(void* actions, ChildStreams streams) =>
        ChildLibc.ActionsAddDup2(actions, streams.ChildInput, 0) is not 0 and var noInput ? noInput
        : ChildLibc.ActionsAddDup2(actions, streams.ChildOutput, 1) is not 0 and var noOutput ? noOutput
        : ChildLibc.ActionsAddDup2(actions, streams.ChildErrors, 2);
}
