// The meter is one for the process: the numbers of a page are those of all pools.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
