namespace OpsManager.Service.Publish;

/// <summary>The log was cut or replaced while it was published: it has to be looked at again.</summary>
internal sealed class LogMovedException() : Exception("the log was cut or replaced while it was published");
