# Somebody loads a large file over a slow line while two deployments reload nginx: the worker that serves him is of the oldest generation, and ends when he is done.
visitors
head -c 40000000 /dev/zero >"$WWW_DIR/archive.iso"
systemd-run -q --collect --unit=slow-visitor curl -s -o /dev/null --limit-rate 60k -H "Host: $WWW_SITE" http://127.0.0.1/archive.iso
sleep 1
http_directive 'client_header_timeout 45s;'
reload_nginx
shop_requests 10
http_directive 'client_body_timeout 45s;'
reload_nginx
shop_requests 20
requests "$WWW_SITE" / 5
pgrep -f 'nginx: worker process is shutting down' >/dev/null
