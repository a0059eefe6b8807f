using System.Runtime.InteropServices;
using System.Text;

namespace OpsManager.Sources.Processes;

/// <summary>
/// Strings as the C library takes them: an array of pointers to UTF-8 texts, each with a zero behind it, and a null at the end.
/// </summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly int count;

    /// <param name="strings">None holds a character of code 0.</param>
    public NativeStrings(IReadOnlyList<string> strings)
    {
        count = strings.Count;
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < count; i++)
        {
            var length = Encoding.UTF8.GetByteCount(strings[i]);
            Pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
            Encoding.UTF8.GetBytes(strings[i], new Span<byte>(Pointers[i], length));
        }
    }

    public byte** Pointers { get; private set; }

    public void Dispose()
    {
        for (var i = 0; i < count; i++)
        {
            NativeMemory.Free(Pointers[i]);
        }

        NativeMemory.Free(Pointers);
        Pointers = null;
    }
}
