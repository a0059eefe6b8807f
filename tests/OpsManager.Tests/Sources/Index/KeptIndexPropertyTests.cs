using System.Text;
using CsCheck;
using Xunit;

namespace OpsManager.Tests.Sources.Index;

/// <summary>Whatever a log holds, and wherever it was when its index was kept: index and rest give what all of the log gives.</summary>
public sealed class KeptIndexPropertyTests
{
    private static readonly string[] Names =
    [
        "loop_start", "iteration_start", "iteration_end", "role_start", "role_end", "tests_start", "tests_end", "loop_complete",
        "loop_stop",
        "rate_limit_stop", "approval_requested", "approval_decision", "approval_consumed", "lifecycle_start", "後_😀", "usage_recorded",
        new string('n', 201),
    ];

    private static readonly string[] Odd =
    [
        "", " ", "oops", "{\"timestamp\":\"2026-11-22T19:00:01Z\"}", "{}", "null", "\r", "\u00e9\u0001", "{\"event\":\"role_end\"}",
    ];

    private static readonly Gen<string> Event = Gen.Select(
        Gen.OneOf(Names),
        Gen.Frequency((8, Gen.Int[0, 4]), (1, Gen.Int[-5000, 100_000])),
        Gen.Frequency((6, Gen.Long[0, 3]), (1, Gen.Long[-3, long.MaxValue / 2])),
        Gen.OneOf("planner", "tester", "", "ok", "error", "rôle"),
        Gen.OneOf("2026-11-22T19:00:00Z", "other", ""),
        static (name, later, iteration, word, run) =>
            $"{{\"timestamp\":\"{WatchedRepo.Start.AddSeconds(later):yyyy-MM-ddTHH:mm:ssZ}\",\"event\":\"{name}\",\"run_id\":\"{run}\","
            + $"\"iteration\":{iteration},\"role\":\"{word}\","
            + $"\"data\":{{\"status\":\"{word}\",\"max_iterations\":{later},\"reason\":\"{word}\"}}}}");

    private static readonly Gen<byte[]> Log = Gen.Select(
        Gen.Bool,
        Gen.Frequency((9, Event), (2, Gen.OneOf(Odd)), (1, Gen.Int[0, 3000].Select(static length => new string('x', length))))
            .Array[0, 40],
        Gen.Bool,
        static (hasMark, lines, isTorn) =>
        {
            var text = (hasMark ? "\uFEFF" : "") + string.Concat(lines.Select(static line => line + "\n"));
            return Encoding.UTF8.GetBytes(isTorn && text.Length > 0 ? text[..^1] : text);
        });

    [Fact]
    public void A_kept_index_and_the_rest_of_a_log_give_what_all_of_it_gives() => Gen.Select(
        Log, Gen.Double[0, 1], Gen.Double[0, 1]).Sample(
            static (log, first, second) =>
            {
                using var repo = new TempRepo();
                var indexes = new MemoryIndexes();
                var (cut, grown) = ((int)(log.Length * Math.Min(first, second)), (int)(log.Length * Math.Max(first, second)));
                foreach (var (from, to) in new[] { (0, cut), (cut, grown), (grown, log.Length) })
                {
                    repo.Append(TempRepo.Log, log.AsSpan(from..to));
                    var kept = FoldedLog.Read(repo, indexes);
                    FoldedLog.AssertSame(FoldedLog.Read(repo, null), kept);
                }
            },
            iter: 300);

    [Fact]
    public void Any_damage_to_a_kept_index_is_noticed_or_makes_no_difference() => Gen.Select(
        Log.Where(static log => log.Length > 1000), Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 3]).Sample(
            static (log, place, value, kind) =>
            {
                using var repo = new TempRepo();
                repo.Append(TempRepo.Log, log);
                var indexes = new MemoryIndexes();
                var expected = FoldedLog.Read(repo, indexes);
                if (indexes.Bytes is not { } bytes)
                {
                    return;
                }

                var at = place % bytes.Length;
                indexes.Bytes = kind switch
                {
                    0 => bytes[..at],
                    1 => [.. bytes, value],
                    2 => [.. bytes[..at], (byte)(bytes[at] ^ (value | 1)), .. bytes[(at + 1)..]],
                    _ => [.. bytes[..at], .. new byte[bytes.Length - at]],
                };
                FoldedLog.AssertSame(expected, FoldedLog.Read(repo, indexes));
            },
            iter: 300);
}
