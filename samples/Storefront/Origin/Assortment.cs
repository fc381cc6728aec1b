namespace Storefront.Origin;

/// <summary>What the shop sells, and what people say of it.</summary>
internal static class Assortment
{
    /// <summary>The brands.</summary>
    public static IReadOnlyList<string> Brands { get; } =
    [
        "Norvik", "O'Hara & Sons", "Tanaka", "Valmont", "Berghof", "Casa Lima", "Ashford", "Kestrel", "Dupré", "Lindqvist",
        "Marwari", "Pinheiro", "Sato", "Tolteca", "Wexham", "Zeller", "Arbor", "Brightwater", "Corvid", "Delmar",
    ];

    /// <summary>The categories, each with its kinds of products.</summary>
    public static IReadOnlyList<(string Name, string[] Kinds)> Categories { get; } =
    [
        ("Chairs & Stools", ["Armchair", "Stool", "Rocking Chair", "Bench"]),
        ("Tables", ["Dining Table", "Side Table", "Desk", "Workbench"]),
        ("Shelves", ["Bookcase", "Wall Shelf", "Shoe Rack", "Display Case"]),
        ("Beds", ["Bed Frame", "Daybed", "Bunk Bed", "Headboard"]),
        ("Lamps", ["Floor Lamp", "Desk Lamp", "Pendant", "Lantern"]),
        ("Rugs", ["Wool Rug", "Runner", "Doormat", "Kilim"]),
        ("Curtains", ["Curtain", "Roller Blind", "Curtain Rod", "Drape"]),
        ("Bed Linen", ["Duvet Cover", "Pillowcase", "Fitted Sheet", "Blanket"]),
        ("Towels", ["Bath Towel", "Hand Towel", "Bath Mat", "Bathrobe"]),
        ("Pots & Pans", ["Frying Pan", "Saucepan", "Stock Pot", "Wok"]),
        ("Knives", ["Chef's Knife", "Bread Knife", "Paring Knife", "Sharpener"]),
        ("Cutlery", ["Fork Set", "Spoon Set", "Ladle", "Spatula"]),
        ("Glasses", ["Wine Glass", "Tumbler", "Carafe", "Mug"]),
        ("Plates & Bowls", ["Dinner Plate", "Bowl", "Platter", "Ramekin"]),
        ("Baking", ["Cake Tin", "Rolling Pin", "Mixing Bowl", "Whisk"]),
        ("Coffee & Tea", ["Teapot", "Moka Pot", "Grinder", "Kettle"]),
        ("Hand Tools", ["Hammer", "Screwdriver", "Chisel", "Pliers"]),
        ("Power Tools", ["Drill", "Jigsaw", "Sander", "Router"]),
        ("Nuts & Bolts", ["Bolt <M8>", "Wing Nut <M6>", "Washer", "Threaded Rod"]),
        ("Paint", ["Wall Paint", "Varnish", "Brush", "Roller"]),
        ("Garden Tools", ["Spade", "Rake", "Shears", "Trowel"]),
        ("Pots & Planters", ["Planter", "Flower Box", "Watering Can", "Trellis"]),
        ("Seeds", ["Tomato Seeds", "Basil Seeds", "Lawn Seed", "Sunflower Seeds"]),
        ("Barbecue", ["Charcoal Grill", "Tongs", "Fire Bowl", "Smoker"]),
        ("Bicycles", ["City Bike", "Child Seat", "Bell", "Pump"]),
        ("Camping", ["Tent", "Sleeping Bag", "Stove", "Headlamp"]),
        ("Climbing", ["Rope", "Harness", "Carabiner", "Chalk Bag"]),
        ("Running", ["Running Shoes", "Belt", "Cap", "Bottle"]),
        ("Swimming", ["Goggles", "Swim Cap", "Fins", "Kickboard"]),
        ("Yoga", ["Mat", "Block", "Strap", "Bolster"]),
        ("Balls", ["Football", "Basketball", "Volleyball", "Rugby Ball"]),
        ("Board Games", ["Chess Set", "Backgammon", "Go Board", "Domino"]),
        ("Puzzles", ["Puzzle", "Cube", "Brain Teaser", "Marble Run"]),
        ("Toys", ["Wooden Train", "Kite", "Doll's House", "Spinning Top"]),
        ("Pens & Ink", ["Fountain Pen", "Ink", "Pencil Set", "Notebook"]),
        ("Bags", ["Backpack", "Satchel", "Suitcase", "Tote"]),
        ("Watches", ["Wristwatch", "Alarm Clock", "Wall Clock", "Strap"]),
        ("Monitors & Cables", ["Monitor 27\"", "Monitor 32\"", "Cable", "Adapter"]),
        ("Audio", ["Headphones", "Speaker", "Turntable", "Microphone"]),
        ("Cameras", ["Tripod", "Lens", "Camera Bag", "Filter"]),
    ];

    /// <summary>The colours.</summary>
    public static IReadOnlyList<string> Colours { get; } = ["oak", "black", "white", "sand", "moss", "slate", "rust", "cobalt", "cream", "walnut", "copper", "graphite"];

    /// <summary>What reviews say, from one star to five.</summary>
    public static IReadOnlyList<string[]> Opinions { get; } =
    [
        ["It broke in the first week.", "Not what the picture promises.", "I have sent it back."],
        ["Less than I hoped for.", "It works, but it is badly finished.", "Too dear for what it is."],
        ["It is all right.", "Good enough for the cellar.", "Does what it should & no more."],
        ["I would buy it again.", "Well made, and quickly here.", "Very good, only the manual is hard to read."],
        ["The best that I have had.", "Exactly right.", "I have bought a second one for my parents.", "\"Perfect\", says my daughter."],
    ];
}
