chown -R www-data /srv/cache/pages
rm -f "$BLOG_DIR/archive.php"
