using Microsoft.Extensions.Options;

namespace Calls.Blazor;

internal sealed class BrowserMediaOptionsValidator : IValidateOptions<BrowserMediaOptions>
{
    public ValidateOptionsResult Validate(string? name, BrowserMediaOptions options)
        => options.Problem is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
