# nginx ran as another user for a while; the folders which that one made inside are still its own, and nginx gives back the outer one only.
visitors
cat >"$BLOG_DIR/archive.php" <<'PHP'
<?php echo str_repeat("all the posts of all the years\n", 300000);
PHP
for i in 0 1 2 3 4 5 6 7 8 9; do
  for j in 00 01 02 03 04 05; do mkdir -p "/var/lib/nginx/fastcgi/$i/$j"; done
done
chown -R backup:backup /var/lib/nginx/fastcgi/[0-9]
chmod -R u=rwx,go= /var/lib/nginx/fastcgi/[0-9]
requests "$BLOG_SITE" /archive.php 20 0.2 --limit-rate 200k -m 4
