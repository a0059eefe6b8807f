using System.Globalization;
using OpsManager.Contract.Text;

namespace OpsManager.Contract.Manager;

/// <summary>
/// Who holds a lock, as it is in the lock's file: a name for people, which decides nothing (docs/contract.md, "Manager files").
/// </summary>
/// <param name="Since">When the lock was taken, by the holder's clock.</param>
public sealed record LockHolder(string Intent, string By, int Pid, string Host, DateTimeOffset Since)
{
    /// <summary>For people: "approve by ada, process 4711, since 09:12:03Z".</summary>
    /// <param name="host">Where it is read: another host is named.</param>
    /// <param name="now">When it is read: another day is named.</param>
    public string Words(string host, DateTimeOffset now)
    {
        var form = Since.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'";
        var since = Since.UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
        var pid = Pid.ToString(CultureInfo.InvariantCulture);
        return SafeText.Clean($"{Intent} by {By}, process {pid}{(Host == host ? "" : $" on {Host}")}, since {since}");
    }
}
