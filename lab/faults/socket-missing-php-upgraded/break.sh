# The distribution brought a newer PHP: its own unit and socket run, the pool file of the old version was left behind by the package manager, and the sites still ask for the old socket, by a snippet that they include.
visitors
keep "$BLOG_CONF"
mkdir -p /etc/php/7.4/fpm/pool.d /etc/nginx/snippets
printf '[www]\nuser = www-data\ngroup = www-data\nlisten = /run/php/php7.4-fpm.sock\nlisten.owner = www-data\nlisten.group = www-data\npm = dynamic\npm.max_children = 5\npm.start_servers = 2\npm.min_spare_servers = 1\npm.max_spare_servers = 3\n' >/etc/php/7.4/fpm/pool.d/www.conf
echo 'fastcgi_pass unix:/run/php/php7.4-fpm.sock;' >/etc/nginx/snippets/php-handler.conf
touch -d '400 days ago' /etc/php/7.4/fpm/pool.d/www.conf /etc/nginx/snippets/php-handler.conf
sed -i --follow-symlinks "s|fastcgi_pass unix:$BLOG_SOCK;|include /etc/nginx/snippets/php-handler.conf;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
