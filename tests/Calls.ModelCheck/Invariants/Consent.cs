using Calls.Machine;

namespace Calls.ModelCheck;

/// <summary>Consent: the user of this device started or accepted this call.</summary>
internal static class Consent
{
    public static bool Has(Device device, CallId call) => device.Consent.Contains(call);

    /// <summary>Who called somebody, and is called by him in the same moment, has agreed to talk to him: his consent goes over to that call.</summary>
    public static void CallGaveWay(Device device, MachineState before, CallData? now)
    {
        if (now is not null && before.State == CallState.Outgoing && Has(device, before.Call!.Id)
            && Names.IsAlice(Names.Starter(now.Id)) != Names.IsAlice(device.Index))
        {
            device.Consent = device.Consent.Add(now.Id);
        }
    }
}
