using System.Globalization;
using OpsManager.Contract.Text;

namespace OpsManager.Core.Documents;

/// <summary>
/// Writes HTML: names of elements are constants of the code, and every text and every value of an attribute goes through
/// <see cref="Escape"/>. Nothing else of a page writes to its output.
/// </summary>
internal sealed class HtmlText(TextWriter output)
{
    private const int MaxRunes = 4096;

    private readonly Stack<string> open = new();

    /// <summary>Opens an element, with names and values of attributes in turn.</summary>
    public HtmlText Open(string element, params ReadOnlySpan<string> attributes)
    {
        Start(element, attributes);
        output.Write('>');
        open.Push(element);
        return this;
    }

    /// <summary>Writes an element that has no content.</summary>
    public HtmlText Empty(string element, params ReadOnlySpan<string> attributes)
    {
        Start(element, attributes);
        output.Write(open.Contains("svg") ? "/>" : ">");
        return this;
    }

    public HtmlText Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>Closes the element that was opened last.</summary>
    public HtmlText Close()
    {
        output.Write("</");
        output.Write(open.Pop());
        output.Write('>');
        return this;
    }

    /// <summary>An element with a text.</summary>
    public HtmlText Element(string element, string text, params ReadOnlySpan<string> attributes) =>
        Open(element, attributes).Text(text).Close();

    public HtmlText Line()
    {
        output.Write('\n');
        return this;
    }

    /// <summary>Text of the code that is written as it is: the style sheet and the document's type.</summary>
    public HtmlText Constant(string markup)
    {
        output.Write(markup);
        return this;
    }

    /// <summary>A length in the units of a drawing.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Start(string element, ReadOnlySpan<string> attributes)
    {
        output.Write('<');
        output.Write(element);
        for (var at = 0; at + 1 < attributes.Length; at += 2)
        {
            output.Write(' ');
            output.Write(attributes[at]);
            output.Write("=\"");
            Escape(attributes[at + 1]);
            output.Write('"');
        }
    }

    /// <summary>Cleans a text as for a terminal, so that nothing in it hides or reorders, and escapes what HTML would read.</summary>
    private void Escape(string text)
    {
        foreach (var letter in SafeText.Clean(text, MaxRunes))
        {
            switch (letter)
            {
                case '&':
                    output.Write("&amp;");
                    break;
                case '<':
                    output.Write("&lt;");
                    break;
                case '>':
                    output.Write("&gt;");
                    break;
                case '"':
                    output.Write("&quot;");
                    break;
                case '\'':
                    output.Write("&#39;");
                    break;
                default:
                    output.Write(letter);
                    break;
            }
        }
    }
}
