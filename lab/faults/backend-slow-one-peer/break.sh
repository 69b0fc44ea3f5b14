# The second of two instances got a debug setting by a drop-in and needs 9 s for each answer; nginx waits 5 s and, since somebody read that repeating is dangerous, asks no other peer after that.
visitors
second_checkout
mkdir -p "/etc/systemd/system/$SECOND_UNIT.d"
{
  printf '[Service]\nEnvironment=APP_DELAY=9\n'
  case $SHOP_KIND in gunicorn | template) printf 'ExecStart=\nExecStart=%s\n' "$(checkout_at "$SECOND_ADDRESS" | sed 's/--threads 8/--threads 40/')" ;; esac
} >"/etc/systemd/system/$SECOND_UNIT.d/debug.conf"
systemctl daemon-reload
systemctl restart "$SECOND_UNIT"
wait_until 15 listens_at "$SECOND_ADDRESS"
shop_directive 'proxy_next_upstream error;'
shop_timeout read 5
reload_nginx
shop_requests 36 0.12
