using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Projects
{
    // Aspire makes it of the reference to a project.
    public sealed class Shop : IProjectMetadata
    {
        public string ProjectPath => "Shop.csproj";
    }
}
