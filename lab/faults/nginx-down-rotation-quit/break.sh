# Somebody wrote the log rotation of nginx anew and took QUIT for the signal that opens the logs again: tonight nginx ended by itself, in good order, and systemd saw nothing wrong in it.
visitors
cat >/etc/logrotate.d/nginx-sites <<'CONF'
/var/log/nginx/*.log {
    daily
    rotate 14
    sharedscripts
    postrotate
        [ ! -f /run/nginx.pid ] || kill -QUIT "$(cat /run/nginx.pid)"
    endscript
}
CONF
kill -QUIT "$(cat /run/nginx.pid)"
wait_until 10 test ! -e /run/nginx.pid
requests "$WWW_SITE" / 10
