rm -f "$BLOG_DIR/export.php"
blog_as_shipped
