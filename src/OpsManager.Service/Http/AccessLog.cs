using System.Globalization;
using OpsManager.Contract.Json;
using OpsManager.Contract.Text;

namespace OpsManager.Service.Http;

/// <summary>
/// One line for each request that is let in, and a bounded number for those that are refused. What a caller wrote is cleaned,
/// and never has the token.
/// </summary>
internal sealed class AccessLog : IDisposable
{
    private const int MaxField = 200;

    private readonly TextWriter shared;
    private readonly TimeProvider time;
    private readonly string? token;
    private readonly RefusedRequests refused;

    private readonly Action<string>? onFault;

    /// <param name="onFault">Gets what an operator should know, as <see cref="Tell"/> does; null where nobody else does.</param>
    public AccessLog(TextWriter output, TimeProvider time, string? token, Action<string>? onFault = null)
    {
        (shared, this.time, this.token, this.onFault) = (TextWriter.Synchronized(output), time, token, onFault);
        refused = new RefusedRequests(time, Tell);
    }

    /// <param name="began">When it came, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    /// <param name="status">499 where the caller went away.</param>
    /// <param name="bytes">Of the answer's body.</param>
    public void Add(long began, string method, string path, string? loop, int status, long bytes, string trace) => Write(string.Create(
        CultureInfo.InvariantCulture,
        $"{Field(method)} {Field(path)} loop={Field(loop ?? "-")} status={status} ms={time.GetElapsedTime(began).TotalMilliseconds:0.0} "
            + $"bytes={bytes} trace={Field(trace)}"));

    /// <summary>The same for a request that was refused: beyond the first ones it is counted only.</summary>
    public void AddRefused(long began, string method, string path, string? loop, int status, long bytes, string trace)
    {
        if (refused.TryTakeLine(status))
        {
            Add(began, method, path, loop, status, bytes, trace);
        }
    }

    /// <summary>Something that an operator should know.</summary>
    public void Tell(string words)
    {
        Write(SafeText.Clean(words));
        onFault?.Invoke(Shown(words));
    }

    /// <summary>Writes the line about the requests counted so far.</summary>
    public void Dispose() => refused.Dispose();

    private void Write(string line) => shared.WriteLine($"{UtcSecondsConverter.Text(time.GetUtcNow())} {Shown(line)}");

    private string Shown(string line) => token is null ? line : line.Replace(token, "***", StringComparison.Ordinal);

    /// <summary>One word: a space in it would shift the columns.</summary>
    private static string Field(string text) => SafeText.Clean(text, MaxField).Replace(' ', '_');
}
