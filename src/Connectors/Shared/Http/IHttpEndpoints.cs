using Microsoft.AspNetCore.Routing;

namespace PgCdc.Connectors.Shared.Http;

/// <summary>A connector that serves HTTP; the silo maps its endpoints when the connector is part of a pipeline.</summary>
public interface IHttpEndpoints
{
    /// <summary>Adds the connector's routes; called once, before the server starts.</summary>
    void Map(IEndpointRouteBuilder routes);
}
