namespace OpsManager.Configuration.Nats;

/// <summary>Files of an encrypted connection to a NATS server; all in PEM, by absolute paths.</summary>
/// <param name="CaFile">The authority that the server is checked by; null for those of the system.</param>
/// <param name="CertificateFile">Our own certificate; null where the server wants none.</param>
/// <param name="KeyFile">The key of <paramref name="CertificateFile"/>; null where that is null.</param>
public sealed record NatsTlsConfig(string? CaFile, string? CertificateFile, string? KeyFile);
