using Microsoft.Extensions.Options;

namespace Calls.Media.WebRtc.Session;

internal sealed class WebRtcMediaOptionsValidator : IValidateOptions<WebRtcMediaOptions>
{
    public ValidateOptionsResult Validate(string? name, WebRtcMediaOptions options)
        => options.Problem is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
