# request_terminate_timeout is 3 s, a page of the blog takes 10.
visitors
printf '<?php sleep(10);\n' >"$BLOG_DIR/index.php.late"
keep "$BLOG_DIR/index.php"
cp "$BLOG_DIR/index.php.late" "$BLOG_DIR/index.php"
blog_pool 's/^pm.max_children = .*/pm.max_children = 40\nrequest_terminate_timeout = 3s/'
requests "$BLOG_SITE" / 20 0.3
