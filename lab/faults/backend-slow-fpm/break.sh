# A page of the blog needs 7 s of somebody else's time; the pool has children to spare.
visitors
printf '<?php sleep(7); echo "late\\n";\n' >"$BLOG_DIR/index.php.late"
keep "$BLOG_DIR/index.php"
cp "$BLOG_DIR/index.php.late" "$BLOG_DIR/index.php"
blog_pool 's/^pm.max_children = .*/pm.max_children = 60/'
keep "$BLOG_CONF"
sed -i "s|^\([ \t]*\)fastcgi_pass unix:$BLOG_SOCK;|&\n\1fastcgi_read_timeout 5s;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 24 0.2
