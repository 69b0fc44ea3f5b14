# Nothing fails, but only root can see that: the logs are closed even to the group adm.
shop_requests 10
requests "$BLOG_SITE" / 10
chown root:root /var/log/nginx/error.log /var/log/nginx/access.log
chmod 0600 /var/log/nginx/error.log /var/log/nginx/access.log
chmod 0700 /var/log/nginx
