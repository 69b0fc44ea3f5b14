umount /var/lib/nginx/fastcgi
rm -f "$BLOG_DIR/archive.php"
reload_nginx
