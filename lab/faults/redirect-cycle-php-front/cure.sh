mv "$BLOG_DIR/index.php.new" "$BLOG_DIR/index.php"
