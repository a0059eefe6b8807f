namespace OpsManager.Sources.Files;

/// <summary>The kernel's error numbers that decide something; the same on every architecture of Linux that .NET runs on.</summary>
internal static class ErrorNumbers
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoProcess = 3;
    public const int NotADirectory = 20;
}
