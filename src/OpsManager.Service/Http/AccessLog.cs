using System.Globalization;
using OpsManager.Contract.Json;
using OpsManager.Contract.Text;

namespace OpsManager.Service.Http;

/// <summary>One line for each request. What a caller wrote is cleaned, and the token never stands in it.</summary>
internal sealed class AccessLog(TextWriter output, TimeProvider time, string? token)
{
    private const int MaxField = 200;

    private readonly TextWriter shared = TextWriter.Synchronized(output);

    /// <param name="began">When it came, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    /// <param name="status">499 where the caller went away.</param>
    /// <param name="bytes">Of the answer's body.</param>
    public void Add(long began, string method, string path, string? loop, int status, long bytes, string trace) => Write(string.Create(
        CultureInfo.InvariantCulture,
        $"{Field(method)} {Field(path)} loop={Field(loop ?? "-")} status={status} ms={time.GetElapsedTime(began).TotalMilliseconds:0.0} bytes={bytes} trace={Field(trace)}"));

    /// <summary>Something that an operator should know.</summary>
    public void Tell(string words) => Write(SafeText.Clean(words));

    private void Write(string line) =>
        shared.WriteLine($"{UtcSecondsConverter.Text(time.GetUtcNow())} {(token is null ? line : line.Replace(token, "***", StringComparison.Ordinal))}");

    /// <summary>One word: a space in it would shift the columns.</summary>
    private static string Field(string text) => SafeText.Clean(text, MaxField).Replace(' ', '_');
}
