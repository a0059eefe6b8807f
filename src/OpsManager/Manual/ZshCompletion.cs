namespace OpsManager.Manual;

/// <summary>Completion for zsh, with what each word means. Where it knows no word, it completes names of files.</summary>
internal static class ZshCompletion
{
    /// <summary>Lines without newlines at their ends.</summary>
    public static IEnumerable<string> Lines(VerbEntry root)
    {
        var tree = new CompletionTree(root);
        return
        [
            "#compdef ops-manager",
            "# Completion of ops-manager for zsh, made by \"ops-manager completion zsh\". To use it, after compinit:",
            "#   source <(ops-manager completion zsh)",
            "_ops_manager() {",
            "    local verb='' before='' word prev=\"${words[CURRENT-1]}\"",
            "    local -a flags known",
            "    if [[ $PREFIX == --*=* ]]; then prev=\"${PREFIX%%=*}\"; compset -P '*='; fi",
            "    for word in \"${(@)words[2,CURRENT-1]}\"; do",
            "        case \"$before\" in",
            $"            {string.Join('|', tree.Valued)}) before=''; continue ;;",
            "        esac",
            "        before=\"$word\"",
            "        case \"$verb/$word\" in",
            .. tree.Steps.Select(static step => $"            {CompletionTree.Quote($"{step.From}/{step.Word}")}) verb='{step.To}' ;;"),
            "        esac",
            "    done",
            "    case \"$verb/$prev\" in",
            .. tree.Choices.Select(static one =>
                $"        {CompletionTree.Quote($"{one.Verb}/{one.Flag}")}) compadd -- {string.Join(' ', one.Choices)}; return ;;"),
            $"        {string.Join('|', tree.Valued.Select(static name => $"*/{name}"))}) _files; return ;;",
            "    esac",
            "    case \"$verb\" in",
            .. tree.Verbs.SelectMany(verb => Verb(tree, verb)),
            "    esac",
            "    if [[ $PREFIX == -* ]]; then _describe -o option flags",
            "    elif (( $#known )); then _describe word known || _files",
            "    else _files",
            "    fi",
            "}",
            "if [[ $funcstack[1] == _ops_manager ]]; then _ops_manager \"$@\"; else compdef _ops_manager ops-manager; fi",
        ];
    }

    private static IEnumerable<string> Verb(CompletionTree tree, VerbEntry verb) =>
    [
        $"        '{verb.Path}')",
        "            flags=(", .. verb.Flags.Select(static flag => Described(flag.Name, flag.About)), "            )",
        "            known=(", .. tree.Words(verb).Select(static one => Described(one.Word, one.About)), "            ) ;;",
    ];

    private static string Described(string word, string about) =>
        $"                {CompletionTree.Quote($"{word.Replace(":", "\\:", StringComparison.Ordinal)}:{about}")}";
}
