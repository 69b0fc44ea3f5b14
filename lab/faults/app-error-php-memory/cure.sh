echo 200 >"$BLOG_DIR/count.txt"
systemctl reset-failed offsite-copy.service
