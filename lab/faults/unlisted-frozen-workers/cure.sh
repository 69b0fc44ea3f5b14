kill -CONT $(pgrep -P "$(cat /run/nginx.pid)")
