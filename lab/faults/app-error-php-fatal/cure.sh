give_back "$BLOG_DIR/index.php"
