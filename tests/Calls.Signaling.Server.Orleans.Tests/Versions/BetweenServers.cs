using System.Reflection;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>What servers say to each other, one line for each thing that two versions have to agree in: grains, their methods, and the types in them, by the names and numbers that stand for
/// them on the wire.</summary>
internal static class BetweenServers
{
    private static readonly Type[] Types = [.. typeof(ICallGrain).Assembly.GetTypes().Where(type => type.Namespace == typeof(ICallGrain).Namespace)];

    public static IEnumerable<string> Lines() => Types.SelectMany(LinesOf).Order(StringComparer.Ordinal);

    private static IEnumerable<string> LinesOf(Type type)
    {
        if (type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
            return type.GetMethods().Select(method => $"{AliasOf(type)}.{AliasOf(method)}({string.Join(", ", method.GetParameters().Select(one => NameOf(one.ParameterType)))}): {NameOf(method.ReturnType)}");
        if (type.IsAssignableTo(typeof(Grain)))
            return [$"grain {GrainTypeOf(type)}: {string.Join(", ", type.GetInterfaces().Where(Types.Contains).Select(AliasOf))}", .. StatesOf(type)];
        if (type.GetCustomAttribute<GenerateSerializerAttribute>() is null)
            return [];
        return type.IsEnum
            ? Enum.GetValues(type).Cast<Enum>().Select(value => $"{AliasOf(type)} = {value:D}: {value}")
            : ParametersOf(type).Concat(MembersOf(type));
    }

    /// <summary>Of a record, what its constructor takes has numbers by its place.</summary>
    private static IEnumerable<string> ParametersOf(Type type) => type.GetConstructors()
        .Where(constructor => constructor.GetParameters() is [var first, ..] && first.ParameterType != type)
        .SelectMany(constructor => constructor.GetParameters().Select((one, place) => $"{AliasOf(type)} ({place}): {one.Name} {NameOf(one.ParameterType)}"));

    private static IEnumerable<string> MembersOf(Type type) => type.GetProperties()
        .Select(property => (Property: property, Id: property.GetCustomAttribute<IdAttribute>()))
        .Where(one => one.Id is not null)
        .Select(one => $"{AliasOf(type)} [{one.Id!.Id}]: {one.Property.Name} {NameOf(one.Property.PropertyType)}");

    private static IEnumerable<string> StatesOf(Type type) => type.GetConstructors().Single().GetParameters()
        .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()).OfType<PersistentStateAttribute>()
        .Select(state => $"grain {GrainTypeOf(type)} stores {state.StateName} in {state.StorageName}");

    private static string AliasOf(MemberInfo member)
        => member.GetCustomAttribute<AliasAttribute>()?.Alias ?? throw new InvalidOperationException($"{member.DeclaringType?.Name} {member.Name} needs an [Alias]: without one its name stands for it between servers.");

    private static string GrainTypeOf(Type type) => type.GetCustomAttributesData().SingleOrDefault(one => one.AttributeType == typeof(GrainTypeAttribute))?.ConstructorArguments[0].Value as string
        ?? throw new InvalidOperationException($"{type.Name} needs a [GrainType]: without one its name stands for it between servers.");

    private static string NameOf(Type type)
    {
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[]";
        if (type.IsGenericType)
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
        return Types.Contains(type) ? AliasOf(type) : type.Name;
    }
}
