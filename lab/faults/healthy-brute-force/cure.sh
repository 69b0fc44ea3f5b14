nft delete table inet f2b
rm -f "$BLOG_DIR/login.php"
