# Programs that a stolen account started compute coins with all CPUs, outside of any unit; the shop has to compute for its answers.
visitors
id -u guest >/dev/null 2>&1 || useradd --system --no-create-home guest
printf '#!/bin/sh\nwhile :; do :; done\n' >/var/tmp/.kworkerd
chmod 0755 /var/tmp/.kworkerd
cat >"$SHOP_DIR/prices.py" <<'PYTHON'
import time


def app(environ, start_response):
    end = time.process_time() + 0.5
    while time.process_time() < end:
        pass
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
PYTHON
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/ app:app/ prices:app/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_timeout read 2
reload_nginx
for i in {1..12}; do setsid runuser -u guest -- /var/tmp/.kworkerd </dev/null >/dev/null 2>&1 & done
sleep 2
shop_requests 40 0.3 | grep 504
systemd-run -q --collect --unit=visitors bash -c "for i in {1..900}; do curl -s -m 9 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & sleep 0.5; done"
