using Storefront.Shop;

namespace Storefront.Origin;

/// <summary>What the shop asks its database.</summary>
internal static class ShopQueries
{
    public const string Warehouses = """
        SELECT c.id, c.name, c.country, c.population, c.latitude, c.longitude, w.id
        FROM warehouse w JOIN city c ON c.id = w.city
        """;

    public const string Cities = """
        SELECT id, name, country, population, latitude, longitude
        FROM city WHERE country = $region ORDER BY population DESC, id LIMIT $count
        """;

    public const string Product = """
        SELECT p.id, p.name, p.category, c.name, p.description, p.grams
        FROM product p JOIN category c ON c.id = p.category WHERE p.id = $id
        """;

    public const string Stars = "SELECT stars, COUNT(*) FROM review WHERE product = $id GROUP BY stars";

    public const string Reviews = """
        SELECT r.stars, r.text, c.name
        FROM review r JOIN city c ON c.id = r.city WHERE r.product = $id ORDER BY r.day DESC, r.id LIMIT $count
        """;

    public const string Stock = "SELECT warehouse, quantity FROM stock WHERE product = $id ORDER BY warehouse";

    /// <summary>How often a product was looked at in a week, and how many of its category were looked at more.</summary>
    public const string Position = """
        WITH weekly AS MATERIALIZED (
            SELECT v.product, SUM(v.count) AS views
            FROM product p JOIN views v ON v.product = p.id WHERE p.category = $category GROUP BY v.product)
        SELECT own.views, (SELECT COUNT(*) + 1 FROM weekly WHERE views > own.views) FROM weekly own WHERE own.product = $id
        """;

    /// <summary>The best of the category. A few reviews count less than many: each product begins with ten of 3.5 stars.</summary>
    public const string Related = """
        SELECT p.id, p.name, p.category, AVG(r.stars), COUNT(*)
        FROM product p JOIN review r ON r.product = p.id WHERE p.category = $category AND p.id <> $id
        GROUP BY p.id ORDER BY (SUM(r.stars) + 35.0) / (COUNT(*) + 10) DESC, p.id LIMIT $count
        """;

    /// <summary>The last price of each product, the lowest of 30 days, and the best campaign for its category or brand.</summary>
    public const string Prices = """
        WITH history AS (
            SELECT p.product, p.day, p.amount, ROW_NUMBER() OVER (PARTITION BY p.product ORDER BY p.day DESC) AS age
            FROM json_each($ids) wanted JOIN price p ON p.product = wanted.value WHERE p.region = $region)
        SELECT h.product,
            MAX(CASE WHEN h.age = 1 THEN h.amount END),
            MIN(CASE WHEN h.age = 1 OR h.day >= -30 THEN h.amount END),
            COALESCE((SELECT MAX(c.percent) FROM campaign c WHERE c.region = $region AND (c.category = q.category OR c.brand = q.brand)), 0)
        FROM history h JOIN product q ON q.id = h.product GROUP BY h.product
        """;

    public const string Category = "SELECT name, (SELECT COUNT(*) FROM product WHERE category = $category) FROM category WHERE id = $category";

    public const string Categories = "SELECT c.id, c.name, COUNT(*) FROM category c JOIN product p ON p.category = c.id GROUP BY c.id ORDER BY c.name";

    /// <summary>What is looked at most, of what can be had in a region.</summary>
    public const string MostViewed = $"""
        SELECT p.id, p.name, p.category, {AverageStars}, {ReviewCount}
        FROM (
            SELECT product, SUM(count) AS views FROM views
            WHERE product IN ({InStock}) GROUP BY product ORDER BY views DESC LIMIT 12) top
        JOIN product p ON p.id = top.product ORDER BY top.views DESC
        """;

    /// <summary>The best reviews, of what can be had in a region.</summary>
    public const string BestRated = $"""
        SELECT p.id, p.name, p.category, top.stars, top.reviews
        FROM (
            SELECT product, AVG(stars) AS stars, COUNT(*) AS reviews FROM review
            WHERE product IN ({InStock}) GROUP BY product HAVING COUNT(*) >= 5 ORDER BY (SUM(stars) + 35.0) / (COUNT(*) + 10) DESC LIMIT 12) top
        JOIN product p ON p.id = top.product ORDER BY top.stars DESC
        """;

    private const string InStock = """
        SELECT s.product FROM stock s JOIN warehouse w ON w.id = s.warehouse JOIN city c ON c.id = w.city WHERE c.country = $region
        """;

    private const string AverageStars = "COALESCE((SELECT AVG(r.stars) FROM review r WHERE r.product = p.id), 0.0)";

    private const string ReviewCount = "(SELECT COUNT(*) FROM review r WHERE r.product = p.id)";

    /// <summary>A page of a category.</summary>
    public static string CategoryProducts(CategoryOrder order) => $"""
        SELECT p.id, p.name, p.category, {AverageStars} AS stars, {ReviewCount} AS reviews,
            (SELECT SUM(v.count) FROM views v WHERE v.product = p.id) AS views
        FROM product p WHERE p.category = $category
        ORDER BY {order switch
        {
            CategoryOrder.Rating => "stars * reviews / (reviews + 10.0) DESC",
            CategoryOrder.Name => "p.name",
            _ => "views DESC",
        }}, p.id LIMIT $count OFFSET $skip
        """;
}
