echo "fastcgi_pass unix:$BLOG_SOCK;" >/etc/nginx/snippets/php-handler.conf
reload_nginx
