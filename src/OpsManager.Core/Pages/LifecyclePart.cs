using OpsManager.Contract.Text;
using OpsManager.Core.Documents;

namespace OpsManager.Core.Pages;

/// <summary>The lifecycle over time: a ribbon, and the changes in a table.</summary>
internal static class LifecyclePart
{
    public static Section From(RunPageInput input)
    {
        if (input.Changes.Count == 0)
        {
            return new Section("Lifecycle", [new Paragraph("How the lifecycle changed was not recorded.", Tone.Muted)]);
        }

        var (changes, leftOut) = PageLimits.Newest(input.Changes, PageLimits.Rows, "changes");
        var parts = changes.Select((change, at) => (
            Change: change, End: at + 1 < changes.Count ? changes[at + 1].At : input.At > change.At ? input.At : change.At)).ToArray();
        var words = string.Join(", then ", parts.Take(12).Select(static part =>
            $"{part.Change.Word} for {PageText.Took(part.End - part.Change.At)}"));
        var more = parts.Length > 12 ? $", and {Counts.Text(parts.Length - 12, "more change")}" : "";
        return new Section("Lifecycle",
        [
            new TimeChart("Lifecycle over time", $"From {PageText.Time(changes[0].At)}: {words}{more}.", changes[0].At, parts[^1].End,
            [
                new Lane(input.Loop.Id, [.. parts.Select(static part => new Bar(
                    part.Change.At, part.End, part.Change.Word, PageText.ToneOf(part.Change.Lifecycle)))]),
            ]),
            .. PageLimits.Table(
                new TableBlock("Changes of the lifecycle", ["From", "State", "For"],
                    [.. parts.Select(static part => (IReadOnlyList<Cell>)
                    [
                        PageText.Time(part.Change.At), new Cell(part.Change.Word, PageText.ToneOf(part.Change.Lifecycle)),
                        PageText.Took(part.End - part.Change.At),
                    ])]) { Numbers = [2] },
                leftOut),
        ]);
    }
}
