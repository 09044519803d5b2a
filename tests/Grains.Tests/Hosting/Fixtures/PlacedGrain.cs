using Orleans.Placement;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Tests.Hosting.Fixtures;

[PreferLocalPlacement]
public sealed class PlacedGrain(Exchange exchange, ILocalSiloDetails silo) : Grain, IPlacedGrain
{
    private OpenPayload _kept = new();

    private IPlacedGrain Neighbour => GrainFactory.GetGrain<IPlacedGrain>($"{this.GetPrimaryKeyString()} neighbour");

    public Task<SiloAddress> SiloAsync() => Task.FromResult(silo.SiloAddress);

    public async Task<bool> SharesWithNeighbourAsync(bool immutable)
    {
        var closed = new SealedPayload([1, 2, 3]);
        var open = new OpenPayload { Numbers = [1, 2, 3] };
        await (immutable ? Neighbour.ReceiveImmutableAsync(closed) : Neighbour.ReceiveOpenAsync(open));
        return ReferenceEquals(exchange.Received, immutable ? closed : open);
    }

    public Task ReceiveImmutableAsync(SealedPayload payload) => Receive(payload);

    public Task ReceiveOpenAsync(OpenPayload payload) => Receive(payload);

    public async Task<bool> SharesBatchWithNeighbourAsync()
    {
        var delivery = SampleDelivery.Create();
        await Neighbour.ReceiveDeliveryAsync(delivery);
        return exchange.Received is BatchDelivery received && ReferenceEquals(received, delivery) && ReferenceEquals(received.Batch, delivery.Batch);
    }

    public Task ReceiveDeliveryAsync(BatchDelivery delivery) => Receive(delivery);

    public async Task<bool> SharesImmutableParameterWithNeighbourAsync()
    {
        var open = new OpenPayload { Numbers = [1, 2, 3] };
        await Neighbour.ReceiveAsImmutableAsync(open);
        return ReferenceEquals(exchange.Received, open);
    }

    public Task ReceiveAsImmutableAsync(OpenPayload payload) => Receive(payload);

    public Task<BatchDelivery> CarryDeliveryAsync(BatchDelivery delivery) => Task.FromResult(delivery);

    public Task<SiloAddress> SiloOfNeighbourAsync() => Neighbour.SiloAsync();

    public Task<OpenPayload> ChangeAllAsync(OpenPayload payload)
    {
        payload.Numbers.Add(99);
        payload.Children["added"] = new OpenPayload();
        payload.Bytes![0] = 99;
        _kept = payload;
        return Task.FromResult(_kept);
    }

    public Task<OpenPayload> KeptAsync() => Task.FromResult(_kept);

    public Task<ForeignText> CarryAsync(ForeignText text) => Task.FromResult(text);

    public Task<ForeignCarrier> CarryInsideAsync(ForeignCarrier carrier) => Task.FromResult(carrier);

    private Task Receive(object payload)
    {
        exchange.Received = payload;
        return Task.CompletedTask;
    }
}
