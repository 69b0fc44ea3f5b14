# Old PHP code complains on every page and serves it all the same.
visitors
cp -p "$BLOG_DIR/index.php" /var/backups/index.php
printf '%s\n' '<?php' 'ini_set("log_errors", "1");' 'echo $title;' 'trigger_error("feed is deprecated", E_USER_DEPRECATED);' 'echo "stories\n";' >"$BLOG_DIR/index.php"
requests "$BLOG_SITE" / 30
