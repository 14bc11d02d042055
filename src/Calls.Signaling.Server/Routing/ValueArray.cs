using System.Collections;
using System.Collections.Immutable;

namespace Calls.Signaling.Server;

/// <summary>An immutable list that is equal to another when its elements are, so that whole call states can be compared.</summary>
/// <typeparam name="T">The element.</typeparam>
public readonly struct ValueArray<T> : IReadOnlyList<T>, IEquatable<ValueArray<T>>
{
    private readonly ImmutableArray<T> _items;

    private ValueArray(ImmutableArray<T> items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.IsDefault ? 0 : _items.Length;

    /// <inheritdoc/>
    public T this[int index] => Items[index];

    private ImmutableArray<T> Items => _items.IsDefault ? [] : _items;

    /// <summary>This list and one more element.</summary>
    public ValueArray<T> Add(T item) => new(Items.Add(item));

    /// <summary>This list with another element at <paramref name="index"/>.</summary>
    public ValueArray<T> With(int index, T item) => new(Items.SetItem(index, item));

    /// <summary>This list without its first <paramref name="count"/> elements.</summary>
    public ValueArray<T> Skip(int count) => count == 0 ? this : new(Items.RemoveRange(0, count));

    /// <summary>The elements, to be walked without allocation.</summary>
    public ReadOnlySpan<T> AsSpan() => _items.AsSpan();

    /// <inheritdoc/>
    public bool Equals(ValueArray<T> other) => _items == other._items || AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<T>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (var item in AsSpan())
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>Walks the elements.</summary>
    public ImmutableArray<T>.Enumerator GetEnumerator() => Items.GetEnumerator();

    /// <summary>Whether both hold equal elements in the same order.</summary>
    public static bool operator ==(ValueArray<T> left, ValueArray<T> right) => left.Equals(right);

    /// <summary>Whether the elements differ.</summary>
    public static bool operator !=(ValueArray<T> left, ValueArray<T> right) => !left.Equals(right);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)Items).GetEnumerator();
}
