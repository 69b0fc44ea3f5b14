rm /srv/cache/pages/old-pages.tar
give_back /etc/nginx/nginx.conf "$BLOG_CONF"
rm -f "$BLOG_DIR/archive.php"
systemctl restart nginx.service
umount /srv/cache/pages
