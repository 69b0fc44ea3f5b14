pkill -o -QUIT -x nginx || true
wait_until 20 test "$(pgrep -c -x nginx)" = 0 || true
give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
