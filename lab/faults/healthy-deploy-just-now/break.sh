# A deploy of a minute ago: the service was restarted under its visitors, some of whom met the gap, and nginx was reloaded with a new header. All is served since.
visitors
keep "$SHOP_DIR/app.py"
(unnoted=1 && shop_requests 12 0.1 >/dev/null) &
sleep 0.4
systemctl stop "$SHOP_UNIT"
(unnoted=1 && shop_requests 5 0.1 >/dev/null)
echo '# release 2026-11-3' >>"$SHOP_DIR/app.py"
systemctl start "$SHOP_UNIT"
wait
wait_until 15 accepts "$SHOP_ADDRESS"
shop_directive 'add_header X-Release 2026-11-3;'
reload_nginx
shop_requests 60 0.2
