# A pool of two children; a page of the blog needs 3 s. The rest of the visitors wait in the queue of the socket.
visitors
printf '<?php sleep(3); echo "late\\n";\n' >"$BLOG_DIR/report.php"
blog_pool 's/^pm = .*/pm = dynamic/' 's/^pm.max_children = .*/pm.max_children = 2/' 's/^pm.max_spare_servers = .*/pm.max_spare_servers = 2/' 's/^pm.start_servers = .*/pm.start_servers = 2/'
keep "$BLOG_CONF"
sed -i "s|^\([ \t]*\)fastcgi_pass unix:$BLOG_SOCK;|&\n\1fastcgi_read_timeout 7s;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" /report.php 40 0.1
