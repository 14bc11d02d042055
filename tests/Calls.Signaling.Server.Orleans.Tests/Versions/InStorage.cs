using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>What servers leave in the storage for each other, one line for each field, value and message that another version may meet there.</summary>
internal static class InStorage
{
    public static IEnumerable<string> Lines()
    {
        SortedSet<string> lines = new(StringComparer.Ordinal);
        foreach (var root in (Type[])[typeof(UserDocument), typeof(CallDocument), typeof(KeptDocument)])
            Add(root, lines, []);
        lines.UnionWith(typeof(MessageTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"message {field.GetRawConstantValue()}"));
        return lines;
    }

    private static void Add(Type type, SortedSet<string> lines, HashSet<Type> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (!seen.Add(type))
            return;
        foreach (var argument in type.GetGenericArguments())
            Add(argument, lines, seen);
        if (type.IsEnum)
            lines.UnionWith(Enum.GetNames(type).Select(name => $"{type.Name} = {name}"));
        if (StorageJson.Default.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } stored)
            return;
        foreach (var property in stored.Properties.Where(property => IsStored(type, property.Name)))
        {
            lines.Add($"{type.Name}.{property.Name}: {NameOf(property.PropertyType)}{(property.IsRequired ? ", required" : "")}");
            Add(property.PropertyType, lines, seen);
        }
    }

    /// <summary>What a type only computes is not.</summary>
    private static bool IsStored(Type type, string name)
        => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.CanWrite == true;

    private static string NameOf(Type type)
        => type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;
}
