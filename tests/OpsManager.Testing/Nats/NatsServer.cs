using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace OpsManager.Testing.Nats;

/// <summary>
/// A real nats-server with JetStream on loopback. Its data outlive <see cref="Kill"/>; a test skips where the program is missing.
/// </summary>
public sealed class NatsServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("nats-").FullName;
    private readonly string program;
    private readonly string settings;
    private Process? process;

    private NatsServer(string program, string more)
    {
        this.program = program;
        Port = FreePort();
        settings = Path.Combine(folder, "nats.conf");
        Configure(more);
    }

    public int Port { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{Port}");

    /// <summary>A folder for what a test needs beside the server: keys, certificates.</summary>
    public string Folder => folder;

    /// <param name="more">Further lines of its configuration, such as users and limits.</param>
    public static NatsServer Start(string more = "")
    {
        var server = new NatsServer(Program(), more);
        server.StartAgain();
        return server;
    }

    /// <summary>The program; the test skips where it is not installed.</summary>
    public static string Program()
    {
        string[] places = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/usr/local/bin"];
        var found = places.Select(static place => Path.Combine(place, "nats-server")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, "nats-server is not installed");
        return found!;
    }

    /// <summary>Starts it after <see cref="Kill"/>, on the same port and with the same data.</summary>
    public void StartAgain()
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(settings);
        process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Assert.True(Eventually.Is(IsListening, Patience), "nats-server does not listen");
    }

    /// <summary>Other further lines of its configuration, which it reads while it runs.</summary>
    public void Reload(string more)
    {
        Configure(more);
        using var signal = Process.Start("kill", ["-HUP", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        signal.WaitForExit();
        Assert.Equal(0, signal.ExitCode);
    }

    /// <summary>As a power cut would end it.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    public void Dispose()
    {
        Kill();
        TempFolder.Delete(folder);
    }

    private void Configure(string more) => File.WriteAllText(settings, string.Create(CultureInfo.InvariantCulture, $$"""
        host: 127.0.0.1
        port: {{Port}}
        jetstream { store_dir: "{{folder}}/data", max_memory_store: 64MB, max_file_store: 32GB }
        {{more}}
        """));

    private bool IsListening()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A port of loopback that nobody uses now.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
