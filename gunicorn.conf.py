"""How gunicorn serves the app: preloaded, so that a refusal to start ends it, with its code."""

from __future__ import annotations

import os

# Only the numbers of a bare `gunicorn wsgi:server` stand here; settings.py reads everything else.
bind = f"{os.environ.get('CLIENTELE_HOST', '127.0.0.1')}:{os.environ.get('CLIENTELE_PORT', '8050')}"
workers = int(os.environ.get("CLIENTELE_WORKERS", "2"))
threads = int(os.environ.get("CLIENTELE_THREADS", "4"))
worker_class = "gthread"
preload_app = True
control_socket_disable = True

timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000

limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
forwarded_allow_ips = "127.0.0.1"

accesslog = None
errorlog = "-"
loglevel = "warning"
