sed -i -e 's|^listen.owner = .*|listen.owner = www-data|' -e 's|^listen.group = .*|listen.group = www-data|' /etc/php/8.2/fpm/pool.d/press.conf
systemctl restart "$BLOG_UNIT"
