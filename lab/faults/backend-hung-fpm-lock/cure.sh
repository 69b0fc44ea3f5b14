rm -f "$BLOG_DIR/import.php"
give_back "$BLOG_DIR/index.php"
blog_as_shipped
rm -f /tmp/blog-counter
