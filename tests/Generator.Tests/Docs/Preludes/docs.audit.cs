public record Product(int Id, string Name);
