# A report of another team takes all CPUs (four processes, each with a session of its own: the scheduler shares by session); shop and
# blog have to compute for their answers and no longer get to it in time. Visitors go on for some minutes.
visitors
id -u reports >/dev/null 2>&1 || useradd --system --no-create-home reports
cat >/usr/local/bin/monthly-report <<'SH'
#!/bin/sh
for i in 1 2 3 4; do setsid sh -c 'while :; do :; done' & done
wait
SH
chmod +x /usr/local/bin/monthly-report
cat >"$SHOP_DIR/prices.py" <<'PYTHON'
import time


def app(environ, start_response):
    end = time.process_time() + 0.4
    while time.process_time() < end:
        pass
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
PYTHON
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
shop_timeout read 2
keep "$BLOG_CONF"
sed -i --follow-symlinks 's|^\([ \t]*\)fastcgi_pass unix:.*|&\n\1fastcgi_read_timeout 2s;|' "$BLOG_CONF"
reload_nginx
systemd-run -q --collect --unit=monthly-report --uid=reports /usr/local/bin/monthly-report
sleep 2
{ requests "$BLOG_SITE" / 30 0.3 & shop_requests 30 0.3; wait; } | grep 504
systemd-run -q --collect --unit=visitors bash -c "for i in {1..900}; do curl -s -m 9 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & curl -s -m 9 -o /dev/null -H 'Host: $BLOG_SITE' http://127.0.0.1/ & sleep 0.5; done"
