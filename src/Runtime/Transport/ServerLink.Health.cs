using TypedCache.Transport.Health;

namespace TypedCache.Transport;

// A server that is connected but fails its callers is taken out as if it had failed.
internal sealed partial class ServerLink
{
    private void CheckHealth(long now)
    {
        if (_health is null)
        {
            return;
        }

        if (!IsUsable)
        {
            _health.Restart();
            return;
        }

        if (_health.Judge() is not { } sickness)
        {
            _isKeptSick = false;
        }
        else if (!TellsState || _settings.Share is not { } share || share.MayLose(this))
        {
            TakeOut(sickness, now);
        }
        else if (!_isKeptSick)
        {
            _isKeptSick = true;
            Telemetry.IsKeptSick(sickness.Describe());
        }
    }

    private void TakeOut(Sickness sickness, long now)
    {
        lock (_gate)
        {
            // What is being connected would come into use at once, and may be what helps.
            if (_connecting || _disposed || _isLeaving || _state == ServerState.Failed)
            {
                return;
            }

            _sickness = sickness;
            if (_recovered is { } recovered && _settings.Time.GetElapsedTime(recovered) > _health!.Window)
            {
                _probe.ResetDelay();
            }

            _retired.Replace(_connection, now + (long)_settings.Limits.OperationTimeout.TotalMilliseconds);
            _connection = null;
        }

        _health!.Restart();
        MarkFailed(new MemcachedConnectionException($"{Name} {sickness.Describe()}") { Server = Name });
    }

    // Under the gate. A server that was sick may soon be so again: it has to stay well for a while until delays are short again.
    private void NoteReturn()
    {
        if (_sickness is null)
        {
            _probe.ResetDelay();
            return;
        }

        _sickness = null;
        _recovered = _settings.Time.GetTimestamp();
    }
}
