# The pool of the blog behind an upstream block with keepalive; FastCGI ends each connection unless told not to.
visitors
keep "$BLOG_CONF" /etc/nginx/nginx.conf
sed -i --follow-symlinks "s|fastcgi_pass unix:$BLOG_SOCK;|fastcgi_pass blog_pool;|" "$BLOG_CONF"
printf 'upstream blog_pool {\n    server unix:%s;\n    keepalive 4;\n}\n' "$BLOG_SOCK" >"$(new_site blog-pool)"
reload_nginx
requests "$BLOG_SITE" / 20
