# A balancer with a health check of a second and a half before a blog that needs three; the log has no local time, but milliseconds.
http_directive "log_format machine '\$msec,\$remote_addr,\$server_name,\$status,\$request_time,\$request_uri';"
keep "$BLOG_CONF" "$BLOG_DIR/index.php"
sed -i --follow-symlinks "s|^\([ \t]*\)server_name $(plain_text "$BLOG_SITE");\$|&\n\1access_log /var/log/nginx/blog-machine.log machine;|" "$BLOG_CONF"
reload_nginx
printf '<?php sleep(3); echo "late\n";\n' >"$BLOG_DIR/index.php"
systemctl restart "$BLOG_UNIT"
requests "$BLOG_SITE" / 25 0.8 -m 1.5
