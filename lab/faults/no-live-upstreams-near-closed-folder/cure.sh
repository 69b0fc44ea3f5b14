chmod 0755 /run/blog
reload_nginx
