using Calls.Machine;
using Calls.Testing;

namespace Calls.Tests.Machine;

/// <summary>The whole table: every state × input is a transition, ignored, or refused.</summary>
public class TableTests
{
    public static TheoryData<CallState, string> Cells
    {
        get
        {
            var cells = new TheoryData<CallState, string>();
            foreach (var state in CallTable.States)
            {
                foreach (var row in CallTable.Rows)
                    cells.Add(state, row.ToString());
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_does_what_the_table_declares(CallState state, string rowName)
    {
        var row = Enum.Parse<CallRow>(rowName);
        var cell = CallRules.Table[state, row];
        var walked = 0;
        foreach (var run in EveryInput.WaysTo(state))
        {
            foreach (var input in EveryInput.Of(row))
            {
                var before = run.State;
                before.State.Should().Be(state);
                if (CallMachine.Classify(before, input) != row)
                    continue;
                var step = new CallMachine(MachineRun.Settings).Step(before, input);
                walked++;
                switch (cell.Kind)
                {
                    case StepKind.Transition when step.Kind == StepKind.Transition:
                        cell.Targets.Append(state).Should().Contain(step.State.State);
                        break;
                    case StepKind.Transition when step.Kind == StepKind.Refused:
                        row.Should().Be(CallRow.Start, "only a start may be refused for its argument");
                        step.State.Should().BeSameAs(before);
                        break;
                    case StepKind.Refused:
                        step.Refusal!.Message.Should().Contain(state.ToString());
                        step.State.Should().BeSameAs(before);
                        step.EffectCount.Should().Be(0);
                        break;
                    default:
                        step.Kind.Should().Be(StepKind.Ignored);
                        step.State.Should().BeSameAs(before);
                        step.EffectCount.Should().Be(0);
                        break;
                }
            }
        }

        if (state != CallState.Idle && row != CallRow.Stale)
            walked.Should().BePositive($"an input for {state} × {row} must exist, or the row is dead");
    }

    [Fact]
    public void Every_declared_target_is_really_reached_by_some_input()
    {
        List<string> unreached = [];
        foreach (var state in CallTable.States)
        {
            foreach (var row in CallTable.Rows)
            {
                var reached = EveryInput.WaysTo(state).SelectMany(run => EveryInput.Of(row)
                    .Where(input => CallMachine.Classify(run.State, input) == row)
                    .Select(input => new CallMachine(MachineRun.Settings).Step(run.State, input).State.State)).ToHashSet();
                unreached.AddRange(CallRules.Table[state, row].Targets.Where(target => !reached.Contains(target))
                    .Select(target => $"{state} × {row} → {target}"));
            }
        }

        unreached.Should().BeEmpty();
    }

    [Fact]
    public void The_moves_between_the_seven_states_are_those_of_the_design()
    {
        var legal = CallTable.States.SelectMany(from => CallTable.States.Select(to => (from, to)))
            .Where(move => move.from != move.to && LegalTransitions.Allow(move.from, move.to));
        var declared = CallTable.States.SelectMany(from => CallTable.Rows.SelectMany(row => CallRules.Table[from, row].Targets.Select(to => (from, to))))
            .Distinct();
        declared.Should().BeEquivalentTo(legal);
    }

    [Fact]
    public void X2_only_the_users_own_act_leads_from_ringing_to_connecting()
        => CallTable.Rows.Where(row => CallRules.Table[CallState.IncomingRinging, row].Targets.Contains(CallState.Connecting))
            .Should().Equal(CallRow.Start, CallRow.Accept);

    [Fact]
    public void X1_devices_are_opened_by_start_and_accept_and_by_nothing_else()
    {
        foreach (var state in CallTable.States)
        {
            foreach (var row in CallTable.Rows.Except([CallRow.Start, CallRow.Accept]))
            {
                foreach (var run in EveryInput.WaysTo(state))
                {
                    foreach (var input in EveryInput.Of(row))
                    {
                        var step = new CallMachine(MachineRun.Settings).Step(run.State, input);
                        step.Effects().Where(effect => effect.Kind == CallEffectKind.Media).Select(effect => effect.Order)
                            .Should().NotContain(MediaOrder.Open, $"{state} × {row}");
                    }
                }
            }
        }
    }

    [Fact]
    public void X1_before_the_users_consent_media_is_given_no_order_at_all()
    {
        foreach (var state in new[] { CallState.Idle, CallState.IncomingRinging, CallState.Ended, CallState.Failed })
        {
            foreach (var row in CallTable.Rows.Except([CallRow.Start, CallRow.Accept]))
            {
                foreach (var input in EveryInput.Of(row))
                {
                    new CallMachine(MachineRun.Settings).Step(MachineRun.In(state).State, input).Effects()
                        .Should().NotContain(
                            effect => effect.Kind == CallEffectKind.Media || effect.Kind == CallEffectKind.AddCandidates || effect.Kind == CallEffectKind.AddAhead);
                }
            }
        }
    }

    [Fact]
    public void A_table_with_a_cell_left_out_is_not_made()
    {
        var build = () => new CallTable.Builder().Build();
        build.Should().Throw<InvalidOperationException>().WithMessage("*says nothing*");
    }
}
