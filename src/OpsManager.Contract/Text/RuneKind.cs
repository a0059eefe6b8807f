using System.Globalization;
using System.Text;

namespace OpsManager.Contract.Text;

/// <summary>What a scalar value does on a terminal, as far as <see cref="SafeText"/> has to know.</summary>
internal enum RuneKind
{
    /// <summary>Occupies cells and does nothing else.</summary>
    Plain,

    /// <summary>Joins the character before it, and must have one.</summary>
    Mark,

    /// <summary>Joins the character before it in scripts such as Devanagari, and can be read alone.</summary>
    SpacingMark,

    /// <summary>U+200D: glues two emoji; anywhere else it only hides something.</summary>
    Joiner,

    /// <summary>C0 control or DEL: has a picture of its own in U+2400..U+2421.</summary>
    Control,

    /// <summary>Tab or line end.</summary>
    Blank,

    /// <summary>Invisible, reordering, private or unassigned: never shown as it is.</summary>
    Hidden,
}

/// <summary>Sorts scalar values into <see cref="RuneKind"/>.</summary>
internal static class RuneKinds
{
    public const int ZeroWidthJoiner = 0x200D;

    public static RuneKind For(Rune rune)
    {
        var value = rune.Value;
        if (value < 0x20)
        {
            return value is '\t' or '\n' or '\r' ? RuneKind.Blank : RuneKind.Control;
        }

        if (value < 0x7F)
        {
            return RuneKind.Plain;
        }

        if (value == 0x7F)
        {
            return RuneKind.Control;
        }

        if (value == ZeroWidthJoiner)
        {
            return RuneKind.Joiner;
        }

        // Hangul fillers are letters by category, yet show nothing.
        if (value is 0x115F or 0x1160 or 0x3164 or 0xFFA0)
        {
            return RuneKind.Hidden;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => RuneKind.Mark,
            UnicodeCategory.SpacingCombiningMark => RuneKind.SpacingMark,
            // C1 controls, bidi overrides, zero width characters, tags, U+2028/9, private use, and what this Unicode version
            // does not know.
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned => RuneKind.Hidden,
            _ => RuneKind.Plain,
        };
    }

    /// <summary>Whether a zero width joiner beside this character can be part of a picture.</summary>
    public static bool IsPictograph(Rune rune) => rune.Value is
        (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2190 and <= 0x21FF) or (>= 0x2300 and <= 0x23FF)
        or (>= 0x2B00 and <= 0x2BFF) or 0xA9 or 0xAE or 0x203C or 0x2049 or 0x2122 or 0x2139 or 0x3030 or 0x303D or 0x3297 or 0x3299;

    /// <summary>Variation selector or skin tone: what may be between a pictograph and a joiner.</summary>
    public static bool IsPictographModifier(Rune rune) => rune.Value is 0xFE0F or 0x20E3 or (>= 0x1F3FB and <= 0x1F3FF);
}
