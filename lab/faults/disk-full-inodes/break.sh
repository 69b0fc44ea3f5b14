# Room enough, but not one inode: session files of years lie where nginx puts large answers.
visitors
mount -t tmpfs -o size=50m,nr_inodes=64,mode=0755 tmpfs /var/lib/nginx/fastcgi
chown www-data /var/lib/nginx/fastcgi
mkdir /var/lib/nginx/fastcgi/old
for i in {1..80}; do touch "/var/lib/nginx/fastcgi/old/sess_$i" 2>/dev/null || break; done
cat >"$BLOG_DIR/archive.php" <<'PHP'
<?php echo str_repeat("all the posts of all the years\n", 300000);
PHP
reload_nginx
requests "$BLOG_SITE" /archive.php 20 0.2 --limit-rate 200k -m 4
