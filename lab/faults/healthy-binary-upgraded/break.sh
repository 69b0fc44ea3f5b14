# nginx was upgraded without a restart: USR2 to the old master, QUIT when the new one served. systemd started neither of those that run now.
visitors
old=$(cat /run/nginx.pid)
kill -USR2 "$old"
wait_until 10 test -e /run/nginx.pid.oldbin
wait_until 10 eval '[ "$(cat /run/nginx.pid)" != '"$old"' ]'
kill -QUIT "$old"
wait_until 10 eval "! kill -0 $old"
shop_requests 20
requests "$BLOG_SITE" / 10
