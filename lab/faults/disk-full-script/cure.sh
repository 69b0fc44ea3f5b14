rm /var/lib/blog-sessions/dump.sql
printf '<?php\necho "posts\\n";\n' >"$BLOG_DIR/index.php"
