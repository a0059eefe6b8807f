using System.Text;
using OpsManager.Core.Events;

namespace OpsManager.Testing;

/// <summary>An index made of lines, as the follower makes it.</summary>
internal static class LogText
{
    public static EventLog Index(params IEnumerable<string> lines)
    {
        var log = new EventLog();
        long offset = 0;
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            log.Add(EventRowReader.Read(bytes, offset, log.Words), offset + bytes.Length + 1);
            offset += bytes.Length + 1;
        }

        return log;
    }

    /// <summary>The moment of one line; its name is "(invalid line)" where it is no event.</summary>
    public static EventMoment Moment(string line) => Index(line).Moment(0);
}
