using Calls.Media.SIPSorcery;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class SIPSorceryMediaOptionsValidator : IValidateOptions<SIPSorceryMediaOptions>
{
    public ValidateOptionsResult Validate(string? name, SIPSorceryMediaOptions options)
        => options.Problem is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
