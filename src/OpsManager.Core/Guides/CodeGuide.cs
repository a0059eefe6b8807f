namespace OpsManager.Core.Guides;

/// <summary>
/// What a code or a word says to a builder. The screen (describe), <c>explain</c> and docs/findings.md print the same guide. A name of an
/// action in braces, such as <c>{acknowledge}</c>, stands for its key.
/// </summary>
/// <param name="Code">As files and JSON have it.</param>
/// <param name="Topic">The section of docs/findings.md that it is in.</param>
/// <param name="Meaning">One or two sentences.</param>
/// <param name="Evidence">What is compared to find it; empty for words.</param>
/// <param name="ToDo">What to do about it; empty where there is nothing to do.</param>
/// <param name="Actions">Names of the actions that help, the most useful first.</param>
public sealed record CodeGuide(
    string Code, CodeTopic Topic, string Meaning, string Evidence = "", string ToDo = "", params IReadOnlyList<string> Actions)
{
    /// <summary>The section of the documents that has it, such as <c>docs/findings.md#the-run</c>.</summary>
    public string Document => $"docs/findings.md#{CodeTopics.TitleOf(Topic).ToLowerInvariant().Replace(' ', '-')}";
}
