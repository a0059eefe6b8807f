using System.Diagnostics.CodeAnalysis;
using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Control;

/// <summary>Something an operator wants of a run. A closed type: there are these three and no other (docs/control.md).</summary>
public abstract record Intent
{
    private Intent()
    {
    }

    /// <summary>The word in files and on the command line.</summary>
    public abstract string Word { get; }

    /// <summary>What the operator adds; null for nothing.</summary>
    public virtual string? Note => null;

    /// <summary>Record an approval of what waits.</summary>
    public sealed record Approve(string? Remark = null) : Intent
    {
        public override string Word => IntentWords.Approve;

        public override string? Note => Remark;
    }

    /// <summary>Record a rejection of what waits; the next run goes on iterating.</summary>
    public sealed record Reject(string? Remark = null) : Intent
    {
        public override string Word => IntentWords.Reject;

        public override string? Note => Remark;
    }

    /// <summary>Stop whatever the repository's active-run.json names.</summary>
    public sealed record Cancel(string? Remark = null) : Intent
    {
        public override string Word => IntentWords.Cancel;

        public override string? Note => Remark;
    }

    /// <summary>The decision word that the runtime records; null for a cancel.</summary>
    public string? Decision => this switch
    {
        Approve => DecisionWords.Approved,
        Reject => DecisionWords.Rejected,
        _ => null,
    };

    /// <summary>The intent behind a word.</summary>
    public static bool TryParse(string word, string? note, [NotNullWhen(true)] out Intent? intent)
    {
        intent = word switch
        {
            IntentWords.Approve => new Approve(note),
            IntentWords.Reject => new Reject(note),
            IntentWords.Cancel => new Cancel(note),
            _ => null,
        };
        return intent is not null;
    }
}
