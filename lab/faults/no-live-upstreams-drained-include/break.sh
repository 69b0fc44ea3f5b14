# The blog's pool is two sockets, listed in a file that a deployment script writes; it drained both and never came to give them back.
second=$BLOG_POOL_CONF
second=${second%/*}/second.conf
sed -e 's|^\[.*\]$|[second]|' -e 's|^listen = .*|listen = /run/php/second.sock|' "$BLOG_POOL_CONF" >"$second"
systemctl restart "$BLOG_UNIT"
mkdir -p /etc/nginx/pools
printf 'server unix:%s;\nserver unix:/run/php/second.sock;\n' "$BLOG_SOCK" >/etc/nginx/pools/blog.inc
printf 'upstream blog_pools {\n    include /etc/nginx/pools/blog.inc;\n}\n' >"$(new_site blog-pools)"
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|fastcgi_pass unix:$BLOG_SOCK;|fastcgi_pass blog_pools;|" "$BLOG_CONF"
reload_nginx
visitors
printf 'server unix:%s down;\nserver unix:/run/php/second.sock down;\n' "$BLOG_SOCK" >/etc/nginx/pools/blog.inc
reload_nginx
requests "$BLOG_SITE" / 30
