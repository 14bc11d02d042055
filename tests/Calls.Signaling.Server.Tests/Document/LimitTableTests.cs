using System.Xml.Linq;
using Calls.Protocol.Tests;

namespace Calls.Signaling.Server.Tests;

/// <summary>The limits and times of the server in <c>docs/protocol.md</c> are the defaults of its options.</summary>
public sealed class LimitTableTests
{
    private const string Code = "F:Calls.Signaling.ErrorCodes.";

    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(CallSignalingLimits).Assembly.Location, ".xml"));

    [Fact]
    public void Every_limit_is_in_the_table_with_its_default()
    {
        CallSignalingLimits limits = new();
        ProtocolDocument.Table("| option |").Select(row => (ProtocolDocument.Code(row[0]), row[1])).Should().BeEquivalentTo(
            typeof(CallSignalingLimits).GetProperties().Select(limit => (limit.Name, Said(limit.GetValue(limits)!))));
    }

    [Fact]
    public void A_limit_is_refused_with_the_code_that_its_option_names()
    {
        foreach (var row in ProtocolDocument.Table("| option |"))
        {
            var named = CodesOf(ProtocolDocument.Code(row[0])).ToArray();
            if (named.Length > 0)
                named.Should().Equal([ProtocolDocument.Code(row[2])], row[0]);
        }
    }

    [Fact]
    public void The_times_of_the_server_are_its_defaults()
    {
        CallSignalingOptions options = new();
        ProtocolDocument.Table("| time of the server |").Select(row => (ProtocolDocument.Code(row[0]), row[1])).Should().BeEquivalentTo(
            typeof(CallSignalingOptions).GetProperties().Where(time => time.PropertyType == typeof(TimeSpan)).Select(time => (time.Name, Said(time.GetValue(options)!))));
    }

    [Fact]
    public void The_bound_of_a_chat_is_said()
    {
        ProtocolDocument.Table("| fixed |").Single(row => row[0] == "characters of `chatId`")[1].Should().Be($"{MessageRules.MaxChatIdLength}");
        ProtocolDocument.FieldsOf("call:initiate").Single(row => row[0] == "`chatId`")[3].Should().Contain($"1–{MessageRules.MaxChatIdLength} characters");
    }

    private static string Said(object value) => value is TimeSpan time ? $"{time.TotalSeconds} s" : $"{value}";

    private static IEnumerable<string> CodesOf(string limit)
        => Documentation.Descendants("member").Single(member => (string?)member.Attribute("name") == $"P:{typeof(CallSignalingLimits).FullName}.{limit}")
            .Descendants("see").Select(see => (string?)see.Attribute("cref") ?? "").Where(reference => reference.StartsWith(Code, StringComparison.Ordinal))
            .Select(reference => (string)typeof(ErrorCodes).GetField(reference[Code.Length..])!.GetRawConstantValue()!).Distinct();
}
