# A job that compresses pictures is started each second and takes a minute: a dozen of them is at it, a session each, and neither shop nor blog get to compute in time.
visitors
id -u pictures >/dev/null 2>&1 || useradd --system --no-create-home pictures
cat >/usr/local/bin/compress-pictures <<'PYTHON'
import time
import zlib

end = time.time() + 420
while time.time() < end:
    zlib.compress(b"picture" * 400000, 9)
PYTHON
cat >/usr/local/bin/each-second <<'SH'
#!/bin/sh
for i in $(seq 12); do setsid python3 /usr/local/bin/compress-pictures & sleep 0.1; done
wait
SH
chmod +x /usr/local/bin/each-second
cat >"$SHOP_DIR/prices.py" <<'PYTHON'
import time


def app(environ, start_response):
    end = time.process_time() + 0.4
    while time.process_time() < end:
        pass
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
PYTHON
keep "$BLOG_DIR/index.php" "$BLOG_CONF"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
$usage = fn() => array_sum(array_map(fn($k) => getrusage()["ru_{$k}time.tv_sec"] + getrusage()["ru_{$k}time.tv_usec"] / 1e6, ["u", "s"]));
$end = $usage() + 0.4;
while ($usage() < $end);
echo "posts\n";
PHP
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/ app:app/ prices:app/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_timeout read 3
sed -i --follow-symlinks 's|^\([ \t]*\)fastcgi_pass unix:.*|&\n\1fastcgi_read_timeout 3s;|' "$BLOG_CONF"
reload_nginx
systemd-run -q --collect --unit=compress-pictures --uid=pictures /usr/local/bin/each-second
sleep 5
{ requests "$BLOG_SITE" / 20 0.3 & shop_requests 20 0.3; wait; } | grep 504
systemd-run -q --collect --unit=visitors bash -c "for i in {1..400}; do curl -s -m 9 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & curl -s -m 9 -o /dev/null -H 'Host: $BLOG_SITE' http://127.0.0.1/ & sleep 0.7; done"
