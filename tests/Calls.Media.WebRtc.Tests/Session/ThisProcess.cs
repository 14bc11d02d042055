namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>What this process has open and running now, as Linux counts it.</summary>
internal static class ThisProcess
{
    public static int Sockets => Directory.EnumerateFiles("/proc/self/fd")
        .Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    /// <summary>How many of its threads have a name that begins so.</summary>
    public static int Threads(string name) => Directory.EnumerateDirectories("/proc/self/task").Count(thread => ReadName(thread).StartsWith(name, StringComparison.Ordinal));

    private static string ReadName(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm"));
        }
        catch (IOException)
        {
            // It left meanwhile.
            return "";
        }
    }
}
