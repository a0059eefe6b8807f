namespace OpsManager.Contract.Service;

/// <summary>What <c>GET /healthz</c> answers (docs/contract.md, "Service").</summary>
public sealed record ServiceHealth(bool Ok);
