using System.Runtime.InteropServices;
using System.Text;

namespace OpsManager.Sources.Processes;

/// <summary>
/// The pipes between us and a program, and the thread that serves them: it writes the input, and reads all output for as long as
/// anybody holds it, though only the beginning is kept. A program never waits for us.
/// </summary>
internal sealed unsafe class ChildStreams : IDisposable
{
    private const int ThreadStackBytes = 512 * 1024;
    private const int FirstFreeDescriptor = 3;
    private const int BufferBytes = 16 * 1024;

    /// <summary>What a pipe can hold at once (pipe(7)), in buffers.</summary>
    private const int BuffersInPipe = 4;

    private readonly KeptBytes output;
    private readonly KeptBytes errors;
    private readonly byte[] input;
    private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ours to write the input to, to read output and errors from; negative where closed.</summary>
    private int toInput = -1;
    private int fromOutput = -1;
    private int fromErrors = -1;
    private int written;
    private bool outputHasEnded;

    /// <summary>Held to read and to close, not while waiting.</summary>
    private readonly Lock reading = new();

    private ChildStreams(ChildCommand command) =>
        (output, errors, input) = (
            new KeptBytes(command.MaxOutputBytes), new KeptBytes(command.MaxErrorBytes), Encoding.UTF8.GetBytes(command.Input));

    /// <summary>The program's ends.</summary>
    public int ChildInput { get; private set; } = -1;

    public int ChildOutput { get; private set; } = -1;

    public int ChildErrors { get; private set; } = -1;

    /// <summary>Ends when nobody can write to output and errors.</summary>
    public Task Ended => end.Task;

    public (ReadOnlyMemory<byte> Bytes, bool IsCut) Output => output.Read();

    public (ReadOnlyMemory<byte> Bytes, bool IsCut) Errors => errors.Read();

    /// <summary>Whether output has ended, though errors may not have.</summary>
    public bool HasAllOutput => Volatile.Read(ref outputHasEnded);

    /// <param name="fault">The number of the fault where it is null.</param>
    public static ChildStreams? Open(ChildCommand command, out int fault)
    {
        var streams = new ChildStreams(command);
        fault = streams.Open(command.MergesErrors);
        if (fault == 0)
        {
            return streams;
        }

        streams.Dispose();
        return null;
    }

    /// <summary>The program has its ends: ours of them are closed, and the thread begins.</summary>
    public void Serve()
    {
        CloseChildEnds();
        new Thread(Run, ThreadStackBytes) { IsBackground = true, Name = "child streams" }.Start();
    }

    /// <summary>
    /// What the program wrote before now is read when this returns, however late the thread comes to its turn.
    /// </summary>
    public void CatchUp()
    {
        var buffer = new byte[BufferBytes];
        lock (reading)
        {
            outputHasEnded |= ReadPipe(fromOutput, buffer, output);
            _ = ReadPipe(fromErrors, buffer, errors);
        }
    }

    /// <summary>Only where <see cref="Serve"/> was not called: the thread closes what it uses.</summary>
    public void Dispose()
    {
        CloseChildEnds();
        toInput = Close(toInput);
        fromOutput = Close(fromOutput);
        fromErrors = Close(fromErrors);
    }

    private int Open(bool mergesErrors)
    {
        if (Pipe(out var read, out var write) is not 0 and var noInput)
        {
            return noInput;
        }

        (ChildInput, toInput) = (read, write);
        if (Pipe(out read, out write) is not 0 and var noOutput)
        {
            return noOutput;
        }

        (fromOutput, ChildOutput) = (read, write);
        if (mergesErrors)
        {
            ChildErrors = ChildOutput;
        }
        else if (Pipe(out read, out write) is not 0 and var noErrors)
        {
            return noErrors;
        }
        else
        {
            (fromErrors, ChildErrors) = (read, write);
        }

        // Of our ends only: a program expects its own to wait.
        foreach (var descriptor in new[] { toInput, fromOutput, fromErrors }.Where(static descriptor => descriptor >= 0))
        {
            _ = ChildLibc.Fcntl(
                descriptor, ChildLibc.SetFlags, ChildLibc.Fcntl(descriptor, ChildLibc.GetFlags, 0) | ChildLibc.NonBlocking);
        }

        return 0;
    }

    /// <summary>
    /// A pipe that no other program inherits. Where our own standard streams are closed it would take their numbers: then it is
    /// moved.
    /// </summary>
    private static int Pipe(out int read, out int write)
    {
        var ends = stackalloc int[2];
        (read, write) = (-1, -1);
        if (ChildLibc.Pipe(ends, ChildLibc.CloseOnExec) != 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        (read, write) = (Moved(ends[0]), Moved(ends[1]));
        return read >= 0 && write >= 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private static int Moved(int descriptor)
    {
        if (descriptor >= FirstFreeDescriptor)
        {
            return descriptor;
        }

        var moved = ChildLibc.Fcntl(descriptor, ChildLibc.DuplicateCloseOnExec, FirstFreeDescriptor);
        _ = ChildLibc.Close(descriptor);
        return moved;
    }

    private void Run()
    {
        try
        {
            var buffer = new byte[BufferBytes];
            var descriptors = stackalloc ChildLibc.PollFd[3];
            WriteInput();
            while (fromOutput >= 0 || fromErrors >= 0)
            {
                descriptors[0] = new ChildLibc.PollFd { Descriptor = fromOutput, Events = ChildLibc.PollIn };
                descriptors[1] = new ChildLibc.PollFd { Descriptor = fromErrors, Events = ChildLibc.PollIn };
                descriptors[2] = new ChildLibc.PollFd { Descriptor = toInput, Events = ChildLibc.PollOut };
                if (ChildLibc.Poll(descriptors, 3, -1) < 0)
                {
                    continue;
                }

                lock (reading)
                {
                    fromOutput = descriptors[0].Returned == 0 ? fromOutput : Read(fromOutput, buffer, output);
                    fromErrors = descriptors[1].Returned == 0 ? fromErrors : Read(fromErrors, buffer, errors);
                    outputHasEnded |= fromOutput < 0;
                }

                if (descriptors[2].Returned != 0)
                {
                    WriteInput();
                }
            }
        }
        finally
        {
            Dispose();
            end.SetResult();
        }
    }

    /// <returns>The descriptor; negative once nobody can write to it.</returns>
    private static int Read(int descriptor, byte[] buffer, KeptBytes into) =>
        ReadOnce(descriptor, buffer, into) == 0 ? Close(descriptor) : descriptor;

    /// <returns>Whether nobody can write.</returns>
    private static bool ReadPipe(int descriptor, byte[] buffer, KeptBytes into)
    {
        int? count = 1;
        for (var read = 0; read < BuffersInPipe && count > 0; read++)
        {
            count = ReadOnce(descriptor, buffer, into);
        }

        return count == 0;
    }

    /// <returns>How many bytes; 0 where nobody can write; null where there is nothing now.</returns>
    private static int? ReadOnce(int descriptor, byte[] buffer, KeptBytes into)
    {
        nint count;
        fixed (byte* start = buffer)
        {
            count = ChildLibc.Read(descriptor, start, buffer.Length);
        }

        if (count < 0)
        {
            return Marshal.GetLastPInvokeError() is ChildLibc.Eintr or ChildLibc.Eagain ? null : 0;
        }

        into.Add(buffer.AsSpan(0, (int)count));
        return (int)count;
    }

    /// <summary>
    /// As much as there is room for. A program that closes its input or ends without reading it is no fault: its exit code says
    /// whether it was one.
    /// </summary>
    private void WriteInput()
    {
        fixed (byte* start = input)
        {
            while (written < input.Length)
            {
                var count = ChildLibc.Write(toInput, start + written, input.Length - written);
                if (count < 0)
                {
                    switch (Marshal.GetLastPInvokeError())
                    {
                        case ChildLibc.Eintr:
                            continue;
                        case ChildLibc.Eagain:
                            return;
                        default:
                            written = input.Length;
                            continue;
                    }
                }

                written += (int)count;
            }
        }

        toInput = Close(toInput);
    }

    private void CloseChildEnds()
    {
        ChildInput = Close(ChildInput);
        ChildErrors = ChildErrors == ChildOutput ? -1 : Close(ChildErrors);
        ChildOutput = Close(ChildOutput);
    }

    private static int Close(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = ChildLibc.Close(descriptor);
        }

        return -1;
    }
}
