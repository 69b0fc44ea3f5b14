# The pool moved to another socket and the site was changed with it; nobody reloaded nginx.
visitors
keep "$BLOG_CONF"
blog_pool 's|^listen = .*|listen = /run/php/moved.sock|'
wait_until 10 test -S /run/php/moved.sock
sleep 1.2
sed -i --follow-symlinks "s|$BLOG_SOCK|/run/php/moved.sock|" "$BLOG_CONF"
requests "$BLOG_SITE" / 30
