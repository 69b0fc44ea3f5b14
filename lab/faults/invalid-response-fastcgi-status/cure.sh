give_back "$BLOG_DIR/index.php"
systemctl restart "$BLOG_UNIT"
