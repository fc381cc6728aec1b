using TypedCache.Embedded;
using TypedCache.Transport;

namespace TypedCache.Tests.Pool.Returning;

/// <summary>An embedded server that goes away, and comes back with its memory or without.</summary>
internal sealed class ReturningServer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ReturningChannel> _channels = [];
    private EmbeddedServer _server = new();
    private Fault _fault;
    private int _sendsUntilLoss;
    private bool _isAway;
    private volatile bool _isSilent;

    /// <summary>How many connections to it have been opened.</summary>
    public int Opened { get; private set; }

    /// <summary>How many sends are left until a connection is lost; 0: none will be.</summary>
    public int SendsUntilLoss => _sendsUntilLoss;

    /// <summary>Whether it carries out what it is asked, and does not answer.</summary>
    public bool IsSilent => _isSilent;

    /// <summary>Called before anything is sent to it; null: nothing is.</summary>
    public Action? Sending { get; set; }

    /// <summary>Opens connections to it. It does not end with them.</summary>
    public ChannelConnector Connector => new ToServer(this);

    /// <summary>Cannot be reached any more.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _isAway = true;
        }

        CutAll();
    }

    /// <summary>Can be reached again, as it was.</summary>
    public void Return()
    {
        lock (_gate)
        {
            _isAway = false;
        }

        Speak();
    }

    /// <summary>Is restarted, and empty.</summary>
    public void Restart()
    {
        Leave();
        lock (_gate)
        {
            _server.Dispose();
            _server = new EmbeddedServer();
        }

        Return();
    }

    /// <summary>Loses the connection over which something is sent next.</summary>
    public void LoseNext(Fault fault) => LoseAfter(sends: 1, fault);

    /// <summary>Loses the connection over which one of the next sends goes.</summary>
    public void LoseAfter(int sends, Fault fault)
    {
        lock (_gate)
        {
            _fault = fault;
            _sendsUntilLoss = sends;
        }
    }

    /// <summary>Answers nothing until <see cref="Return"/>.</summary>
    public void FallSilent() => _isSilent = true;

    /// <summary>What happens to what is sent now.</summary>
    public Fault TakeFault()
    {
        lock (_gate)
        {
            return _sendsUntilLoss > 0 && --_sendsUntilLoss == 0 ? _fault : Fault.None;
        }
    }

    public void Dispose() => _server.Dispose();

    private ReturningChannel Open()
    {
        lock (_gate)
        {
            var channel = _isAway ? throw new IOException("The server is away.") : new ReturningChannel(this, _server.Connect());
            _channels.Add(channel);
            Opened++;
            return channel;
        }
    }

    private void CutAll()
    {
        foreach (var channel in TakeChannels())
        {
            channel.Lose();
        }
    }

    private void Speak()
    {
        _isSilent = false;
        ReturningChannel[] channels;
        lock (_gate)
        {
            channels = [.. _channels];
        }

        foreach (var channel in channels)
        {
            channel.Ready?.Invoke();
        }
    }

    private ReturningChannel[] TakeChannels()
    {
        lock (_gate)
        {
            ReturningChannel[] channels = [.. _channels];
            _channels.Clear();
            return channels;
        }
    }

    private sealed class ToServer(ReturningServer server) : ChannelConnector
    {
        public override ByteChannel Open(ConnectDeadline deadline) => server.Open();
    }
}
