namespace OpsManager.Manual;

/// <summary>Completion for bash. Where it knows no word, bash completes names of files.</summary>
internal static class BashCompletion
{
    /// <summary>Lines without newlines at their ends.</summary>
    public static IEnumerable<string> Lines(VerbEntry root)
    {
        var tree = new CompletionTree(root);
        return
        [
            "# Completion of ops-manager for bash, made by \"ops-manager completion bash\". To use it:",
            "#   source <(ops-manager completion bash)",
            "_ops_manager() {",
            "    local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\"",
            "    local verb='' before='' word='' flags='' words='' i",
            "    # With =, which bash has as a word of its own.",
            "    if [[ $cur == '=' ]]; then cur=''",
            "    elif [[ $prev == '=' ]]; then prev=\"${COMP_WORDS[COMP_CWORD-2]}\"",
            "    fi",
            "    for ((i = 1; i < COMP_CWORD; i++)); do",
            "        word=\"${COMP_WORDS[i]}\"",
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
                $"        {CompletionTree.Quote($"{one.Verb}/{one.Flag}")}) words='{string.Join(' ', one.Choices)}' ;;"),
            $"        {string.Join('|', tree.Valued.Select(static name => $"*/{name}"))}) return ;;",
            "        *)",
            "            case \"$verb\" in",
            .. tree.Verbs.Select(verb => $"                '{verb.Path}') flags='{Flags(verb)}' words='{Words(tree, verb)}' ;;"),
            "            esac",
            "            if [[ $cur == -* ]]; then words=\"$flags\"; fi ;;",
            "    esac",
            "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))",
            "}",
            "complete -o default -F _ops_manager ops-manager",
        ];
    }

    private static string Flags(VerbEntry verb) => string.Join(' ', verb.Flags.Select(static flag => flag.Name));

    private static string Words(CompletionTree tree, VerbEntry verb) =>
        string.Join(' ', tree.Words(verb).Select(static one => one.Word));
}
