give_back "$BLOG_DIR/index.php"
rm -rf "$BLOG_DIR/storage"
blog_as_shipped
