# The workers of nginx itself are stopped by a signal: connections are accepted by the kernel and nobody answers.
visitors
workers=$(pgrep -P "$(cat /run/nginx.pid)")
kill -STOP $workers
requests "$WWW_SITE" / 3 0.1 -m 3
