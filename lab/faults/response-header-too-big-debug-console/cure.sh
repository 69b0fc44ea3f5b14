printf '<?php\necho "blog\\n";\n' >"$BLOG_DIR/index.php"
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
