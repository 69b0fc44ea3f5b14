rm -f "$BLOG_DIR/functions.php"
give_back "$BLOG_DIR/index.php"
blog_as_shipped
