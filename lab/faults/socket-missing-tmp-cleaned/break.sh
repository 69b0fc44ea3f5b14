# The application has its socket in /tmp, as the first page of its handbook shows; the nightly job that tidies /tmp took it for something left over.
visitors
ordinary_host
checkout_moves_to "unix:/tmp/$SHOP_APP.sock"
shop_points_to "unix:/tmp/$SHOP_APP.sock"
reload_nginx
unnoted=1 shop_requests 8 0.05 >/dev/null
cat >/etc/cron.daily/tidy-tmp <<'EOF2'
#!/bin/sh
# Nothing of yesterday stays in /tmp.
find /tmp -xdev -mindepth 1 -maxdepth 1 ! -name 'systemd-private-*' -exec rm -rf {} +
EOF2
chmod +x /etc/cron.daily/tidy-tmp
/etc/cron.daily/tidy-tmp
shop_requests 30
