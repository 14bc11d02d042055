namespace Calls.Machine;

/// <summary>State × input → cell. Immutable; made whole, or not at all.</summary>
internal sealed class CallTable
{
    public static readonly CallState[] States = Enum.GetValues<CallState>();
    public static readonly CallRow[] Rows = Enum.GetValues<CallRow>();

    private readonly CallCell[,] _cells;
    private readonly CallRefusal[,] _refusals;

    private CallTable(CallCell[,] cells)
    {
        _cells = cells;
        _refusals = new CallRefusal[States.Length, Rows.Length];
        foreach (var row in Rows)
        {
            foreach (var state in States)
            {
                if (cells[(int)state, (int)row].Kind == StepKind.Refused)
                    _refusals[(int)state, (int)row] = new CallRefusal(Sentence(state, row));
            }
        }
    }

    public CallCell this[CallState state, CallRow row] => _cells[(int)state, (int)row];

    public CallRefusal Refusal(CallState state, CallRow row) => _refusals[(int)state, (int)row];

    /// <summary>The same table with one cell replaced.</summary>
    public CallTable With(CallState state, CallRow row, CallCell cell)
    {
        var cells = (CallCell[,])_cells.Clone();
        cells[(int)state, (int)row] = cell;
        return new(cells);
    }

    private string Sentence(CallState state, CallRow row)
    {
        var legal = States.Where(other => this[other, row].Kind == StepKind.Transition);
        return $"{row} is not possible while the call is {state}; it is in: {string.Join(", ", legal)}.";
    }

    internal sealed class Builder
    {
        private readonly CallCell?[,] _cells = new CallCell?[States.Length, Rows.Length];

        public RowBuilder On(CallRow row) => new(this, row);

        /// <exception cref="InvalidOperationException">A cell was left out.</exception>
        public CallTable Build()
        {
            var cells = new CallCell[States.Length, Rows.Length];
            foreach (var row in Rows)
            {
                foreach (var state in States)
                {
                    cells[(int)state, (int)row] = _cells[(int)state, (int)row]
                        ?? throw new InvalidOperationException($"The cell {state} × {row} says nothing.");
                }
            }

            return new(cells);
        }

        internal void Set(CallState state, CallRow row, CallCell cell)
        {
            if (_cells[(int)state, (int)row] is not null)
                throw new InvalidOperationException($"The cell {state} × {row} is given twice.");
            _cells[(int)state, (int)row] = cell;
        }
    }

    internal sealed class RowBuilder(Builder builder, CallRow row)
    {
        /// <summary>In these states the rule leads to one of <paramref name="to"/>, or stays.</summary>
        public RowBuilder Go<TInput>(CallState[] from, CallState[] to, Func<MachineState, TInput, MachineSettings, CallStep> rule)
            where TInput : CallInput
        {
            CallRule untyped = (state, input, settings) => rule(state, (TInput)input, settings);
            foreach (var state in from)
                builder.Set(state, row, new(StepKind.Transition, untyped, to));
            return this;
        }

        /// <summary>In these states the rule changes the call's data, never its state.</summary>
        public RowBuilder Stay<TInput>(CallState[] states, Func<MachineState, TInput, MachineSettings, CallStep> rule)
            where TInput : CallInput => Go(states, [], rule);

        public RowBuilder Ignore(params CallState[] states) => Fill(states, CallCell.Ignore);

        public RowBuilder Refuse(params CallState[] states) => Fill(states, CallCell.Refuse);

        private RowBuilder Fill(CallState[] states, CallCell cell)
        {
            foreach (var state in states)
                builder.Set(state, row, cell);
            return this;
        }
    }
}
