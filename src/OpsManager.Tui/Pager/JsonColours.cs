using OpsManager.Configuration.Themes;

namespace OpsManager.Tui.Pager;

/// <summary>Colours of one line of JSON: names, texts, numbers, words. It needs no whole document, and takes any text.</summary>
internal static class JsonColours
{
    public static IEnumerable<StyledRun> Runs(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            switch (text[at])
            {
                case '"':
                    end = EndOfString(text, at);
                    var isName = text.AsSpan(end).TrimStart() is [':', ..];
                    yield return new(text[at..end], isName ? StyleRole.Info : StyleRole.Ok);
                    break;
                case >= '0' and <= '9' or '-':
                    while (end < text.Length && text[end] is >= '0' and <= '9' or '-' or '+' or '.' or 'e' or 'E')
                    {
                        end++;
                    }

                    yield return new(text[at..end], StyleRole.Waiting);
                    break;
                case >= 'a' and <= 'z':
                    while (end < text.Length && text[end] is >= 'a' and <= 'z')
                    {
                        end++;
                    }

                    yield return new(text[at..end], text[at..end] is "true" or "false" or "null" ? StyleRole.Running : StyleRole.Text);
                    break;
                default:
                    end++;
                    while (end < text.Length && text[end] is not ('"' or '-' or >= '0' and <= '9' or >= 'a' and <= 'z'))
                    {
                        end++;
                    }

                    yield return new(text[at..end], StyleRole.Text);
                    break;
            }

            at = end;
        }
    }

    private static int EndOfString(string text, int at)
    {
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == '\\')
            {
                end++;
            }
            else if (text[end] == '"')
            {
                return end + 1;
            }
        }

        return text.Length;
    }
}
