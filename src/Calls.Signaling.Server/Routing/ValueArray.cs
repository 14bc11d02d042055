using System.Collections;

namespace Calls.Signaling.Server;

/// <summary>
/// An immutable list that is equal to another when its elements are, so that whole call states can be compared. One more element costs no copy of the others, as long as
/// lists grow one from another: they then share a store, of which each sees its own part. What has not grown yet is an array alone.
/// </summary>
/// <typeparam name="T">The element.</typeparam>
public readonly struct ValueArray<T> : IReadOnlyList<T>, IEquatable<ValueArray<T>>
{
    // A T[] that is full, or a Store.
    private readonly object? _items;
    private readonly int _start;
    private readonly int _count;

    private ValueArray(object items, int start, int count) => (_items, _start, _count) = (items, start, count);

    /// <inheritdoc/>
    public int Count => _count;

    /// <inheritdoc/>
    public T this[int index] => AsSpan()[index];

    /// <summary>This list and one more element.</summary>
    public ValueArray<T> Add(T item)
    {
        var end = _start + _count;
        if (_items is Store store && store.TryTake(end))
        {
            store.Items[end] = item;
            return new(store, _start, _count + 1);
        }

        if (_count == 0)
            return new(new[] { item }, 0, 1);
        var items = new T[2 * _count];
        AsSpan().CopyTo(items);
        items[_count] = item;
        return new(new Store(items, _count + 1), 0, _count + 1);
    }

    /// <summary>This list and more elements.</summary>
    internal ValueArray<T> AddRange(ReadOnlySpan<T> more)
    {
        if (more.IsEmpty)
            return this;
        var items = new T[_count + more.Length + 1];
        AsSpan().CopyTo(items);
        more.CopyTo(items.AsSpan(_count));
        return new(new Store(items, _count + more.Length), 0, _count + more.Length);
    }

    /// <summary>This list with another element at <paramref name="index"/>.</summary>
    public ValueArray<T> With(int index, T item)
    {
        var list = Own(out var items);
        items[index] = item;
        return list;
    }

    /// <summary>The same, in a store that nobody else has.</summary>
    internal ValueArray<T> Own(out T[] items)
    {
        items = AsSpan().ToArray();
        return new(items, 0, items.Length);
    }

    /// <summary>Whether the elements are in that store.</summary>
    internal bool IsIn(T[]? items) => items is not null && ReferenceEquals(_items, items);

    /// <summary>This list without its first <paramref name="count"/> elements.</summary>
    public ValueArray<T> Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _count);
        return count == _count ? default : new(_items!, _start + count, _count - count);
    }

    /// <summary>The elements, to be walked without allocation.</summary>
    public ReadOnlySpan<T> AsSpan() => _items switch
    {
        null => default,
        T[] items => items.AsSpan(_start, _count),
        _ => ((Store)_items).Items.AsSpan(_start, _count),
    };

    /// <inheritdoc/>
    public bool Equals(ValueArray<T> other) => AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<T>.Default);

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
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Whether both hold equal elements in the same order.</summary>
    public static bool operator ==(ValueArray<T> left, ValueArray<T> right) => left.Equals(right);

    /// <summary>Whether the elements differ.</summary>
    public static bool operator !=(ValueArray<T> left, ValueArray<T> right) => !left.Equals(right);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks the elements of a list.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private readonly ValueArray<T> _list;
        private int _index;

        internal Enumerator(ValueArray<T> list) => (_list, _index) = (list, -1);

        /// <inheritdoc/>
        public readonly T Current => _list[_index];

        readonly object? IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_index < _list.Count;

        /// <inheritdoc/>
        public void Reset() => _index = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }

    /// <summary>What several lists share. What was written once is never written again: each place is given to one list alone.</summary>
    private sealed class Store(T[] items, int used)
    {
        private int _used = used;

        public T[] Items => items;

        public bool TryTake(int index)
            => index < items.Length && Interlocked.CompareExchange(ref _used, index + 1, index) == index;
    }
}
