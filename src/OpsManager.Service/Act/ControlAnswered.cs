using OpsManager.Contract.Service;

namespace OpsManager.Service.Act;

/// <summary>An answer and its status: 200, 409 or 500.</summary>
internal sealed record ControlAnswered(int Status, ControlAnswer Answer);
