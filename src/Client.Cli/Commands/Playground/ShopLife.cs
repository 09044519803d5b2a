namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>
/// Makes up what happens in a shop, one transaction after the other. Knows which rows exist, as nobody else writes to the tables, so that
/// every statement hits exactly one row.
/// </summary>
internal sealed class ShopLife(Random random)
{
    private const int Products = 30;
    private const int FirstCustomers = 20;
    private const int OpenOrdersKept = 200;
    private const string Insert = "INSERT";
    private const string Update = "UPDATE";
    private const string Delete = "DELETE";

    private static readonly string[] s_names = ["Ada", "Grace", "Edsger", "Barbara", "Donald", "Frances", "Niklaus", "Jürgen", "Radia", "Ken"];
    private static readonly string[] s_goods = ["kettle", "lamp", "notebook", "bicycle bell", "tea", "umbrella", "fountain pen", "chess set"];
    private static readonly string?[] s_cities = ["Wien", "Oslo", "Porto", "Kraków", null];
    private static readonly string[] s_states = ["paid", "packed", "shipped"];

    private readonly List<long> _customers = [];
    private readonly List<long> _visitors = [];
    private readonly List<(long Id, int Lines)> _orders = [];
    private long _lastCustomer;
    private long _lastOrder;

    /// <summary>The shop opens: its goods and first customers, one transaction.</summary>
    public IReadOnlyList<ShopChange> Open() =>
    [
        .. Enumerable.Range(1, Products).Select(NewProduct),
        .. Enumerable.Range(1, FirstCustomers).Select(_ => NewCustomer(_customers)),
    ];

    /// <summary>The next transaction.</summary>
    public IReadOnlyList<ShopChange> Next() => random.Next(100) switch
    {
        < 40 => PlaceOrder(),
        < 55 => MoveOrderOn(),
        < 65 when _orders.Count > 0 => CancelOrder(),
        < 72 when _orders.Count > 0 => ChangeQuantity(),
        < 80 => [NewCustomer(random.Next(2) == 0 ? _customers : _visitors)],
        < 86 => [CustomerMoves()],
        < 92 when _visitors.Count > 0 => [VisitorLeaves()],
        < 96 => ChangePrices(),
        _ => [Restock(AnyProduct())],
    };

    private IReadOnlyList<ShopChange> PlaceOrder()
    {
        if (_orders.Count >= OpenOrdersKept)
            return CancelOrder();
        var order = ++_lastOrder;
        var lines = random.Next(1, 5);
        var changes = new List<ShopChange>
        {
            new("orders", Insert, "INSERT INTO shop.orders VALUES ($1, $2, 'new', now())", order, Any(_customers)),
        };
        for (var line = 1; line <= lines; line++)
        {
            var (product, quantity) = (AnyProduct(), random.Next(1, 4));
            changes.Add(new("order_items", Insert, "INSERT INTO shop.order_items VALUES ($1, $2, $3, $4)", order, line, product, quantity));
            changes.Add(new("products", Update, "UPDATE shop.products SET stock = stock - $2 WHERE id = $1", product, quantity));
        }
        _orders.Add((order, lines));
        return changes;
    }

    private IReadOnlyList<ShopChange> MoveOrderOn() => _orders.Count == 0
        ? PlaceOrder()
        : [new("orders", Update, "UPDATE shop.orders SET state = $2 WHERE id = $1", Any(_orders).Id, Any(s_states))];

    private List<ShopChange> CancelOrder()
    {
        var index = random.Next(_orders.Count);
        var (order, lines) = _orders[index];
        _orders.RemoveAt(index);
        return
        [
            .. Enumerable.Range(1, lines).Select(line => new ShopChange(
                "order_items", Delete, "DELETE FROM shop.order_items WHERE order_id = $1 AND line = $2", order, line)),
            new("orders", Delete, "DELETE FROM shop.orders WHERE id = $1", order),
        ];
    }

    private ShopChange[] ChangeQuantity()
    {
        var (order, lines) = Any(_orders);
        return
        [
            new("order_items", Update, "UPDATE shop.order_items SET quantity = $3 WHERE order_id = $1 AND line = $2",
                order, random.Next(1, lines + 1), random.Next(1, 9)),
        ];
    }

    private ShopChange NewProduct(int id) => new(
        "products", Insert, "INSERT INTO shop.products VALUES ($1, $2, $3, $4)", (long)id, $"{Any(s_goods)} no. {id}", Price(), random.Next(50, 500));

    private ShopChange NewCustomer(List<long> list)
    {
        var (id, name) = (++_lastCustomer, Any(s_names));
        list.Add(id);
        return new(
            "customers", Insert, "INSERT INTO shop.customers VALUES ($1, $2, $3, $4)",
            id, name, $"{name.ToLowerInvariant()}{id}@example.com", (object?)Any(s_cities) ?? DBNull.Value);
    }

    private ShopChange CustomerMoves() => new(
        "customers", Update, "UPDATE shop.customers SET city = $2 WHERE id = $1", Any(_customers), (object?)Any(s_cities) ?? DBNull.Value);

    private ShopChange VisitorLeaves()
    {
        var index = random.Next(_visitors.Count);
        var visitor = _visitors[index];
        _visitors.RemoveAt(index);
        return new("customers", Delete, "DELETE FROM shop.customers WHERE id = $1", visitor);
    }

    private ShopChange[] ChangePrices() =>
    [
        .. Enumerable.Range(random.Next(1, Products - 5), 5).Select(product => new ShopChange(
            "products", Update, "UPDATE shop.products SET price = $2 WHERE id = $1", (long)product, Price())),
    ];

    private ShopChange Restock(long product) => new(
        "products", Update, "UPDATE shop.products SET stock = stock + $2 WHERE id = $1", product, random.Next(10, 100));

    private long AnyProduct() => random.Next(1, Products + 1);

    private decimal Price() => random.Next(100, 20_000) / 100m;

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
