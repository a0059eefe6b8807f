using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using OpsManager.Core.Events;

namespace OpsManager.Tests.Sources.Replay;

/// <summary>Everything that a model says, as text: two that say the same have the same text, whoever made them.</summary>
internal static class ModelText
{
    private const int MaxDepth = 14;

    public static string From(object? model)
    {
        var text = new StringBuilder();
        Write(text, model, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, int depth)
    {
        Xunit.Assert.True(depth < MaxDepth, "a model that goes in circles");
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case EventLog or Type or Delegate:
                // One log is shared by all models; how much of it a model knows stands in its tally.
                text.Append(value.GetType().Name);
                break;
            case JsonElement json:
                text.Append(json.GetRawText());
                break;
            case string or Enum or bool:
                text.Append(value);
                break;
            case IFormattable plain:
                text.Append(plain.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable many:
                text.Append('[');
                foreach (var one in many)
                {
                    Write(text, one, depth + 1);
                    text.Append("; ");
                }

                text.Append(']');
                break;
            default:
                Properties(text, value, depth);
                break;
        }
    }

    private static void Properties(StringBuilder text, object value, int depth)
    {
        text.Append('{');
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static one => one.GetIndexParameters().Length == 0 && one.Name != "EqualityContract")
            .OrderBy(static one => one.Name, StringComparer.Ordinal))
        {
            text.Append(property.Name).Append('=');
            Write(text, property.GetValue(value), depth + 1);
            text.Append(", ");
        }

        text.Append('}');
    }
}
