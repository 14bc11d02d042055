namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>
/// What servers of two versions agree in is written down beside this test. A line that goes or changes breaks an update that goes from server to server; one that comes is a thing that the
/// earlier version does not know: it must be able to do without, until every server has the newer one.
/// </summary>
public sealed class AgreementTests
{
    [Fact]
    public void What_servers_say_to_each_other_is_what_was_agreed() => Compare("BetweenServers.txt", BetweenServers.Lines());

    [Fact]
    public void What_servers_leave_for_each_other_is_what_was_agreed() => Compare("InStorage.txt", InStorage.Lines());

    private static void Compare(string agreed, IEnumerable<string> lines)
    {
        string[] now = [.. lines];
        var before = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Versions", agreed));
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "Versions", $"{agreed}.now"), now);

        before.Except(now).Should().BeEmpty("{0} has them, and servers of an earlier version rely on them", agreed);
        now.Except(before).Should().BeEmpty("{0} does not have them: see that an earlier version does without, and add them", agreed);
    }
}
