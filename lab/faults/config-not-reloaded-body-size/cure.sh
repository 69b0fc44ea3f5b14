rm -f /tmp/upload
reload_nginx
