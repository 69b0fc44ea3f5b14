rm -f "$BLOG_DIR/report.php"
blog_as_shipped
