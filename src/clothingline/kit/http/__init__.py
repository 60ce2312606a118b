"""The HTTP edge's ground: one transaction per request, problem documents, idempotency, health, metrics, streams."""
