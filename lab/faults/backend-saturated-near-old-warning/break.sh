# The pool was full for a moment this morning, says its log, and everybody was served; what fails now is a page of 2 s with one second in the snippet that all PHP locations include.
visitors
printf '<?php sleep(1); echo "report\\n";\n' >"$BLOG_DIR/report.php"
blog_pool 's/^pm.max_children = .*/pm.max_children = 3/'
wait_until 10 listens_at "unix:$BLOG_SOCK"
(unnoted=1 requests "$BLOG_SITE" /report.php 12 0.05 >/dev/null)
keep "$BLOG_DIR/index.php" /etc/nginx/snippets/fastcgi-php.conf
printf '<?php sleep(2); echo "posts\\n";\n' >"$BLOG_DIR/index.php"
sleep 2.5 # PHP's cache of scripts looks for changes every other second only.
printf '\n# No visitor waits for ever.\nfastcgi_read_timeout 1s;\n' >>/etc/nginx/snippets/fastcgi-php.conf
reload_nginx
requests "$BLOG_SITE" / 8 1.2
