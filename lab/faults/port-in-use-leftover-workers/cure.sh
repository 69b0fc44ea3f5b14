pkill -QUIT -f 'nginx: worker process' || true
wait_until 20 test "$(pgrep -c -x nginx)" = 0 || true
nginx_unit_as_shipped
