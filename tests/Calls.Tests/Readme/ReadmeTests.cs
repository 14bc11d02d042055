using System.Runtime.CompilerServices;

namespace Calls.Tests.Readme;

public class ReadmeTests
{
    private static string Readme([CallerFilePath] string here = "")
        => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_state_diagram_is_the_one_that_the_table_draws()
        => Readme().Should().Contain("```mermaid\n" + StateDiagram.Draw() + "```", "README.md must hold exactly this:\n" + StateDiagram.Draw());
}
