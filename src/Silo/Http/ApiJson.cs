using System.Text.Json.Serialization;

namespace PgCdc.Silo.Http;

/// <summary>JSON of the API, generated at build time so that the first request is as quick as the next.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PipelineListView))]
[JsonSerializable(typeof(PipelineStatusView))]
[JsonSerializable(typeof(ErrorView))]
public sealed partial class ApiJson : JsonSerializerContext;
