mkdir -p "$BLOG_DIR/vendor"
echo '<?php' >"$BLOG_DIR/vendor/autoload.php"
