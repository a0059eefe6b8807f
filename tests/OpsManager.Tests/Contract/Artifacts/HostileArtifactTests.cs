using System.Text;
using CsCheck;
using Xunit;

namespace OpsManager.Tests.Contract.Artifacts;

public sealed class HostileArtifactTests
{
    /// <summary>
    /// Fragments that JSON readers have stumbled over: half a surrogate pair, bytes that are no UTF-8, NUL, deep brackets.
    /// </summary>
    private static readonly byte[][] Fragments =
    [
        @"\ud800"u8.ToArray(), @"\udc00\ud800"u8.ToArray(), [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0], "\""u8.ToArray(), "{"u8.ToArray(),
        "["u8.ToArray(), "null"u8.ToArray(),
        @"\u0000"u8.ToArray(), @"\"u8.ToArray(), "1e999"u8.ToArray(), "-"u8.ToArray(), Encoding.UTF8.GetBytes(new string('[', 70)),
        ",,"u8.ToArray(), [0xEF, 0xBB, 0xBF],
    ];

    public static TheoryData<string> Kinds => ["state", "active_run", "approval", "heartbeat", "summary"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Half_a_surrogate_pair_in_any_string_or_name_ends_in_a_value_or_a_fault(string kind) =>
        EveryString(kind, @"\ud800"u8.ToArray());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_that_are_no_utf8_in_any_string_or_name_end_in_a_value_or_a_fault(string kind) => EveryString(kind, [0xFF]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_stands_in_a_file_ends_in_a_value_or_a_fault(string kind)
    {
        var good = Encoding.UTF8.GetBytes(ArtifactParser.Good[kind]);
        var edit = Gen.Select(Gen.Int[0, good.Length], Gen.Int[0, 12], Gen.Int[0, Fragments.Length - 1]);

        edit.List[1, 4].Sample(
            edits =>
            {
                var bytes = edits.Aggregate(good, static (text, edit) =>
                {
                    var at = Math.Min(edit.Item1, text.Length);
                    var end = Math.Min(at + edit.Item2, text.Length);
                    return [.. text[..at], .. Fragments[edit.Item3], .. text[end..]];
                });
                var (value, fault, _) = ArtifactParser.All[kind](bytes);

                Assert.True(value is null != fault is null);
            },
            iter: 3000,
            threads: 1);
    }

    /// <summary>
    /// Puts <paramref name="fragment"/> at the start of, inside and at the end of each string and each name of the file.
    /// </summary>
    private static void EveryString(string kind, byte[] fragment)
    {
        var good = Encoding.UTF8.GetBytes(ArtifactParser.Good[kind]);
        for (var at = 1; at < good.Length; at++)
        {
            var (value, fault, _) = ArtifactParser.All[kind]([.. good[..at], .. fragment, .. good[at..]]);

            Assert.True(value is null != fault is null, $"at {at}");
        }
    }
}
