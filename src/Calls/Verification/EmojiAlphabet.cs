namespace Calls.Verification;

/// <summary>Sixty-four pictures that nobody takes for one another, by sight or by name. Their order is part of the protocol.</summary>
internal static class EmojiAlphabet
{
    public static IReadOnlyList<VerificationEmoji> All { get; } =
    [
        new("🐶", "dog"), new("🐱", "cat"), new("🦁", "lion"), new("🐴", "horse"), new("🐷", "pig"), new("🐸", "frog"), new("🐵", "monkey"), new("🐼", "panda"),
        new("🐰", "rabbit"), new("🐘", "elephant"), new("🐧", "penguin"), new("🦉", "owl"), new("🐳", "whale"), new("🐙", "octopus"), new("🐌", "snail"), new("🐝", "bee"),
        new("🦋", "butterfly"), new("🐢", "turtle"), new("🐍", "snake"), new("🌳", "tree"), new("🌵", "cactus"), new("🌷", "tulip"), new("🌻", "sunflower"), new("🍄", "mushroom"),
        new("🍎", "apple"), new("🍌", "banana"), new("🍇", "grapes"), new("🍒", "cherries"), new("🍓", "strawberry"), new("🍋", "lemon"), new("🍍", "pineapple"), new("🥕", "carrot"),
        new("🌽", "corn"), new("🍞", "bread"), new("🧀", "cheese"), new("🥚", "egg"), new("🍕", "pizza"), new("🎂", "cake"), new("🍦", "ice cream"), new("🌙", "moon"),
        new("⭐", "star"), new("🔥", "fire"), new("🌈", "rainbow"), new("⛄", "snowman"), new("☔", "umbrella"), new("⚽", "ball"), new("🎸", "guitar"), new("🎺", "trumpet"),
        new("🥁", "drum"), new("🔔", "bell"), new("🔑", "key"), new("🔨", "hammer"), new("📕", "book"), new("⏰", "clock"), new("📷", "camera"), new("💡", "lamp"),
        new("🎁", "present"), new("🎈", "balloon"), new("👑", "crown"), new("🚗", "car"), new("🚲", "bicycle"), new("🚀", "rocket"), new("⚓", "anchor"), new("🏠", "house"),
    ];
}
