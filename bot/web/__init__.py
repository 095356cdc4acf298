"""What answers on LISTEN: /healthz, /metrics, and where a channel is posted to."""
