using Storefront.CommandLine;

return await StorefrontCommand.InvokeAsync(args);
