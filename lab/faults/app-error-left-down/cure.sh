rm "$BLOG_DIR/storage/framework/down"
