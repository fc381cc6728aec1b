namespace Storefront.Origin;

/// <summary>The tables of the shop. Days count back from today, which is 0.</summary>
internal static class ShopSchema
{
    /// <summary>Changes whenever the tables or what is in them do: a file with another number is made anew.</summary>
    public const int Version = 1;

    /// <summary>The tables.</summary>
    public const string Tables = """
        CREATE TABLE city (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            country TEXT NOT NULL,
            population INTEGER NOT NULL,
            latitude REAL NOT NULL,
            longitude REAL NOT NULL);
        CREATE TABLE warehouse (id INTEGER PRIMARY KEY, city INTEGER NOT NULL REFERENCES city);
        CREATE TABLE category (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE product (
            id INTEGER PRIMARY KEY,
            category INTEGER NOT NULL REFERENCES category,
            brand INTEGER NOT NULL,
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            grams INTEGER NOT NULL);
        CREATE TABLE price (
            product INTEGER NOT NULL REFERENCES product,
            region TEXT NOT NULL,
            day INTEGER NOT NULL,
            amount INTEGER NOT NULL,
            PRIMARY KEY (product, region, day)) WITHOUT ROWID;
        CREATE TABLE campaign (
            id INTEGER PRIMARY KEY,
            region TEXT NOT NULL,
            category INTEGER,
            brand INTEGER,
            percent INTEGER NOT NULL);
        CREATE TABLE stock (
            product INTEGER NOT NULL REFERENCES product,
            warehouse INTEGER NOT NULL REFERENCES warehouse,
            quantity INTEGER NOT NULL,
            PRIMARY KEY (product, warehouse)) WITHOUT ROWID;
        CREATE TABLE review (
            id INTEGER PRIMARY KEY,
            product INTEGER NOT NULL REFERENCES product,
            stars INTEGER NOT NULL,
            city INTEGER NOT NULL REFERENCES city,
            day INTEGER NOT NULL,
            text TEXT NOT NULL);
        CREATE TABLE views (
            product INTEGER NOT NULL REFERENCES product,
            day INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (product, day)) WITHOUT ROWID;
        """;

    /// <summary>The indexes, which are made when the rows are there.</summary>
    public const string Indexes = """
        CREATE INDEX city_country ON city (country, population DESC);
        CREATE INDEX product_category ON product (category);
        CREATE INDEX campaign_region ON campaign (region);
        CREATE INDEX review_product ON review (product, day DESC);
        ANALYZE;
        """;
}
