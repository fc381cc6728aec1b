using System.Diagnostics;
using TypedCache.Protocol;

namespace TypedCache.Transport;

// How its server is connected, comes back, and fails.
internal sealed partial class ServerLink
{
    private void Return()
    {
        lock (_gate)
        {
            if (!_connecting && !_probe.IsPlanned && _state == ServerState.Failed)
            {
                _state = _connection is { IsOpen: true } ? ServerState.Connected : ServerState.Disconnected;
            }
        }
    }

    private void SettleOrReturn()
    {
        lock (_gate)
        {
            if (_connecting || _probe.IsPlanned || _state != ServerState.Failed)
            {
                return;
            }

            if (_connection is { IsOpen: true })
            {
                _settles = true;
                ConnectIfNeeded();
            }
            else
            {
                // Whoever connects it does what is to be done first.
                _state = ServerState.Disconnected;
            }
        }
    }

    // Under the gate.
    private void ConnectIfNeeded()
    {
        if (!_connecting)
        {
            _connecting = true;
            try
            {
                BackgroundThread.Start($"memcached connects {Name}", Connect);
            }
            catch
            {
                // The next operation, or the next probe, tries again.
                _connecting = false;
                throw;
            }
        }
    }

    private void Connect()
    {
        ServerConnection? connection = null;
        var started = Stopwatch.GetTimestamp();
        try
        {
            connection = TakeOpen();
            if (connection is not null)
            {
                Publish(connection);
                return;
            }

            connection = _opener.Open(() => _disposed, out var version);
            if (_sickness is { } sickness)
            {
                _healthProbe.Run(connection, sickness, () => _disposed);
            }

            Version = version;
            ComparesCas = connection.Protocol.ComparesCas;
            var wasFailed = _state == ServerState.Failed;
            Publish(connection);
            Tell(connection, Stopwatch.GetElapsedTime(started), wasFailed);
        }
        catch (Exception exception)
        {
            // Whatever it is: the server has failed, and is probed.
            lock (_gate)
            {
                _connecting = _isWelcoming = false;
            }

            var failure = exception as MemcachedConnectionException ?? _opener.Unreachable(exception, accepted: false);
            connection?.Close(() => failure);
            if (failure.InnerException is TimeoutException)
            {
                Telemetry.TimedOut();
            }

            MarkFailed(failure);
        }
    }

    // The connection that there is, where only something is to be done over it.
    private ServerConnection? TakeOpen()
    {
        lock (_gate)
        {
            var settles = _settles;
            _settles = false;
            return settles && _connection is { IsOpen: true } connection ? connection : null;
        }
    }

    private void Tell(ServerConnection connection, TimeSpan elapsed, bool wasFailed)
    {
        Telemetry.Connected(elapsed, connection.Protocol is MetaProtocol ? "meta" : "classic", _opener.Security);
        if (wasFailed && TellsState && IsUsable)
        {
            Telemetry.IsBack(Version);
        }
    }

    private void Publish(ServerConnection connection)
    {
        Operation[] waiting = [];
        void Come() => waiting = Arrive(connection);
        if (Homecoming is not { } homecoming)
        {
            Come();
        }
        else if (!homecoming.TryArrive(Come))
        {
            BeginWelcome();
            homecoming.Welcome(connection, () => _disposed, Expect, Come);
        }

        try
        {
            var batch = SendBatch.Begin();
            foreach (var operation in waiting)
            {
                SendUnlessAbandoned(operation);
            }

            batch.End();
        }
        finally
        {
            HaveArrived();
        }
    }

    // While there is no connection, what is sent waits for it.
    private void Expect()
    {
        lock (_gate)
        {
            if (TellsState && _state == ServerState.Failed && !_disabled && !_isLeaving && !_disposed)
            {
                _connection = null;
                _isExpected = true;
                _state = ServerState.Disconnected;
            }
        }
    }

    private Operation[] Arrive(ServerConnection connection)
    {
        lock (_gate)
        {
            _connecting = _isWelcoming = false;
            _callsOnTheMove++;
            if (_disposed)
            {
                connection.Close(Closed);
            }
            else
            {
                _state = _disabled ? ServerState.Failed : ServerState.Connected;
            }

            _isExpected = false;
            NoteReturn();
            _probe.Cancel();
            _connection = connection;
            return _waiting.TakeAll();
        }
    }

    private void MarkFailed(MemcachedConnectionException failure)
    {
        Operation[] waiting;
        TimeSpan? nextAttempt;
        bool isNew;
        lock (_gate)
        {
            isNew = State != ServerState.Failed;
            _isExpected = false;
            _failedAt = isNew ? Environment.TickCount64 : _failedAt;
            LastFailure = failure;
            _state = ServerState.Failed;
            waiting = _waiting.TakeAll();
            nextAttempt = PlanProbe();
        }

        foreach (var operation in waiting)
        {
            Refuse(operation, failure);
        }

        try
        {
            if (isNew)
            {
                if (TellsState)
                {
                    Telemetry.Failed(failure, nextAttempt, IsSick);
                }

                Failed?.Invoke(failure);
            }
        }
        catch (Exception)
        {
            // A listener's fault: the server is probed all the same.
        }

        // It plans the probe, where that has failed here.
        Heartbeat?.Wake();
    }

    // Under the gate, before any caller hears of the failure: one who then sets the clock finds the probe planned.
    private TimeSpan? PlanProbe()
    {
        try
        {
            if (LacksProbe)
            {
                _probe.Plan(RetryInterval);
            }

            return _probe.TimeLeft;
        }
        catch (Exception)
        {
            // The clock's fault: the heartbeat tries again.
            return null;
        }
    }
}
