mv /var/backups/index.php "$BLOG_DIR/index.php"
