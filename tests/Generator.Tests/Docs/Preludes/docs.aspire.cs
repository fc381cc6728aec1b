using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

var builder = DistributedApplication.CreateBuilder(args);

namespace Projects
{
    // Aspire makes it of the reference to a project.
    public sealed class Shop : IProjectMetadata
    {
        public string ProjectPath => "Shop.csproj";
    }
}
