# One export of the blog in eighty requests takes longer than php-fpm lets a request live; it kills the child.
keep "$BLOG_CONF"
printf '<?php sleep(8);\n' >"$BLOG_DIR/export.php"
blog_pool 's/^pm.max_children = .*/pm.max_children = 12\nrequest_terminate_timeout = 2s/'
wait_until 10 listens_at "unix:$BLOG_SOCK"
visitors
requests "$BLOG_SITE" / 75 0.04 &
requests "$BLOG_SITE" /export.php 1
wait
