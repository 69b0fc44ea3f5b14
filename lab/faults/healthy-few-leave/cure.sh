rm -f "$BLOG_DIR/report.php"
