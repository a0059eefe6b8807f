using System.Text.Json.Serialization;

namespace OpsManager.Contract.Json;

/// <summary>Closed word lists as words and nothing else: the library would also take a number for one.</summary>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
