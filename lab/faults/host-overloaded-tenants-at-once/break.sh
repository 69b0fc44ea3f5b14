# The backup of each tenant is a unit of its own, and one timer starts all of them at once since somebody moved it into the day: a dozen compress, and the shop, which has to compute its prices, does not get to it in time.
visitors
cat >/usr/local/bin/tenant-backup <<'SH'
#!/bin/sh
while :; do gzip -9 </usr/bin/node >/dev/null || exit 1; done
SH
chmod 0755 /usr/local/bin/tenant-backup
printf '[Unit]\nDescription=Backup of tenant %%i\n\n[Service]\nExecStart=/usr/local/bin/tenant-backup\n' >/etc/systemd/system/tenant-backup@.service
printf '[Unit]\nDescription=Backups of all tenants\nWants=%s\n' "$(printf 'tenant-backup@%s.service ' acme borea cirrus delta elba faro gala hana ikon juno kiwi lumen)" >/etc/systemd/system/tenant-backups.target
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
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_timeout read 2
reload_nginx
systemctl start tenant-backups.target
sleep 2
shop_requests 40 0.3 | grep 504
systemd-run -q --collect --unit=visitors bash -c "for i in {1..900}; do curl -s -m 9 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & sleep 0.5; done"
