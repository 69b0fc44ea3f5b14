# The blog's pool is two sockets in a folder of its own; an audit closed the folder to everybody but root, and after the first refusals nginx only says that nobody is left.
mkdir -p /run/blog
blog_pool "s|^listen = .*|listen = /run/blog/one.sock|"
sed -e 's|^\[.*\]$|[two]|' -e 's|^listen = .*|listen = /run/blog/two.sock|' "$BLOG_POOL_CONF" >"${BLOG_POOL_CONF%/*}/two.conf"
systemctl restart "$BLOG_UNIT"
printf 'upstream blog_pools {\n    least_conn;\n    server unix:/run/blog/one.sock;\n    server unix:/run/blog/two.sock;\n}\n' >"$(new_site blog-pools)"
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|fastcgi_pass unix:$BLOG_SOCK;|fastcgi_pass blog_pools;|" "$BLOG_CONF"
reload_nginx
visitors
chmod -R o= /run/blog
requests "$BLOG_SITE" / 40
