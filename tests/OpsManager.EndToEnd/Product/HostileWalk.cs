using OpsManager.EndToEnd.Wire;

namespace OpsManager.EndToEnd.Product;

/// <summary>Goes through every pane, tab and box over a <see cref="HostileRepo"/>, and leaves.</summary>
/// <param name="send">Types.</param>
/// <param name="wait">Waits until the screen is as wanted.</param>
internal sealed class HostileWalk(Func<string, Task> send, Func<Func<string, bool>, Task> wait)
{
    /// <param name="lent">What is told when the pager, which does not exist, is asked for.</param>
    /// <param name="notice">What the screen has to tell from the start.</param>
    public async Task GoAsync(string notice, string lent)
    {
        async Task Go(string keys, params string[] shown)
        {
            await send(keys);
            await wait(text => shown.All(part => text.Contains(part, StringComparison.Ordinal)));
        }

        // The typed line, which is the last one.
        async Task Type(string keys, string shown)
        {
            await send(keys);
            await wait(text => text.TrimEnd('\n').Split('\n')[^1].Contains(shown, StringComparison.Ordinal));
        }

        var last = HostileText.Samples.Count - 1;
        string Last(string mark) => HostileText.Name(mark, last);

        // The run list, and the notice.
        await wait(text => text.Contains("main", StringComparison.Ordinal) && text.Contains(notice, StringComparison.Ordinal));
        await Go("1z", "RUNS (1)", "loop16", Last("loop"));
        await Go("y", "sent to the terminal's clipboard");
        await Go("z:", "PALETTE");
        await Type("\e[200~loop16\e]0;owned\a\u202E\u009B2J\e[201~", "loop16");
        await Go("\u0015run main", "main", "Show this run");
        await Go("\r", "TIMELINE (2)  main");
        // The timeline: events, roles, data; lines that are none; scrolled to the right.
        await Go("2zg", "ended: role", "event08", "data08");
        await Go("G", "!not an event", "lineend", "last_event");
        await send("\e[C\e[C\e[C\e[C");
        await wait(static text => !text.Contains("last_event", StringComparison.Ordinal));
        await Go("hhhhgjjjj", "role00");
        // One event in full, and scrolled.
        await Go("\r", "events.jsonl:5", "\"data00");
        await Go("\e[C", "events.jsonl:5");
        await Go("/event\r", "/event");
        await Go("\e", "Esc closes");
        await Go("\e", "TIMELINE (2)  main");
        // Every tab of the detail.
        await Go("zw3z", "[Why]", "confidence");
        await Go("]", "[Gates]", Last("gate"), Last("result"));
        await Go("]", "[Approval]", "path16", "decided");
        await Go("G", Last("path"), Last("note"));
        await Go("y", "sent to the terminal's clipboard");
        await Go("]g", "[Iterations]", Last("role"));
        await Go("]", "[Usage]", Last("role"));
        await Go("]", "[Control]", Last("note"), Last("intent"));
        await Go("]g", "[Files]", "events.jsonl", "iter-1");
        // A file in the pager, and scrolled.
        await Go("G", Last("file"));
        await Go("k", Last("file"));
        await Go("\r", "text00", "file");
        await Go("\e[C", "of ");
        await Go("hG", "textend", "invalid");
        // As it stands in the file, and wrapped.
        await Go("r", "raw");
        await Go("w#G", "textend", "invalid");
        // A pager that does not exist.
        await Go("o", lent);
        // The log of the run.
        await Go("q1l", "LOG  main", "textend", "invalid");
        await Go("q4", "ALERTS (4)", "event_invalid");
        // What is pasted into the filter.
        await Type("2/\e[200~x\e]0;owned\a\u202E\u009B2J\t\0\e[201~", "x");
        await Type("\u0015status:\e[200~\e[2J\u202E\e[201~", "status:");
        await Go("\u0003?", "HELP");
        await send("q");
        await wait(static text => !text.Contains("HELP", StringComparison.Ordinal));
        await send("q");
    }
}
