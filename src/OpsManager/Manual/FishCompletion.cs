namespace OpsManager.Manual;

/// <summary>Completion for fish, with what each word means. Where it knows no word, fish completes names of files.</summary>
internal static class FishCompletion
{
    /// <summary>Lines without newlines at their ends.</summary>
    public static IEnumerable<string> Lines(VerbEntry root)
    {
        var tree = new CompletionTree(root);
        return
        [
            "# Completion of ops-manager for fish, made by \"ops-manager completion fish\". To use it:",
            "#   ops-manager completion fish | source",
            "function __ops_manager_verb",
            "    set -l verb ''",
            "    set -l before ''",
            "    for word in (commandline -opc)[2..-1]",
            "        switch \"$before\"",
            $"            case {string.Join(' ', tree.Valued)}",
            "                set before ''",
            "                continue",
            "        end",
            "        set before $word",
            "        switch \"$verb/$word\"",
            .. tree.Steps.SelectMany(static step => new[]
            {
                $"            case {Quote($"{step.From}/{step.Word}")}", $"                set verb {Quote(step.To)}",
            }),
            "        end",
            "    end",
            "    test \"$verb\" = \"$argv[1]\"",
            "end",
            "complete -c ops-manager -e",
            .. tree.Verbs.SelectMany(verb => Verb(tree, verb)),
        ];
    }

    private static IEnumerable<string> Verb(CompletionTree tree, VerbEntry verb)
    {
        var where = $"complete -c {VerbEntry.Program} -n {Quote($"__ops_manager_verb {Quote(verb.Path)}")}";
        foreach (var (word, about) in tree.Words(verb))
        {
            yield return $"{where}{(verb.IsRoot ? "" : " -f")} -a {word} -d {Quote(about)}";
        }

        foreach (var flag in verb.Flags)
        {
            var names = string.Join(' ', flag.Names.Select(static name =>
                name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {Quote(name[1..])}"));
            var value = flag.Choices.Count > 0 ? $" -x -a {Quote(string.Join(' ', flag.Choices))}" : flag.Value.Length > 0 ? " -r" : "";
            yield return $"{where} {names}{value} -d {Quote(flag.About)}";
        }
    }

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
