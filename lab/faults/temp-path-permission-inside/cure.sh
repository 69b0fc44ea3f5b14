chown -R www-data /var/lib/nginx/fastcgi
rm -f "$BLOG_DIR/archive.php"
