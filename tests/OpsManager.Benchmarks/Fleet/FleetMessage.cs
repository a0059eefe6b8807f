using System.Globalization;
using System.Text;
using NATS.Client.Core;
using OpsManager.Benchmarks.Data;

namespace OpsManager.Benchmarks.Fleet;

/// <summary>A message as a publisher sends it, to be sent again for other sprites and loops.</summary>
/// <param name="Kind">The end of its subject, behind the loop.</param>
/// <param name="Body">Names the loop of the repository that it was made of.</param>
internal sealed record FleetMessage(string Kind, string Body, NatsHeaders Headers)
{
    public static string Sprite(int sprite) => string.Create(CultureInfo.InvariantCulture, $"sprite-{sprite:0000}");

    public string Subject(string prefix, int sprite, int loop) => $"{prefix}.{Sprite(sprite)}.{BenchRepo.Name(loop)}.{Kind}";

    public byte[] BodyOf(int loop) =>
        Encoding.UTF8.GetBytes(Body.Replace(BenchRepo.Name(0), BenchRepo.Name(loop), StringComparison.Ordinal));
}
