# The page cache of the blog has a small file system of its own; somebody packed the old pages into an archive right there, and it is full.
visitors
mkdir -p /srv/cache/pages
mount -t tmpfs -o size=2m,mode=0700,uid=$(id -u www-data) tmpfs /srv/cache/pages
http_directive 'fastcgi_cache_path /srv/cache/pages keys_zone=pages:1m use_temp_path=off;'
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)fastcgi_pass .*$(plain_text "$BLOG_SOCK");|&\n\1fastcgi_cache pages;\n\1fastcgi_cache_key \$request_uri;\n\1fastcgi_cache_valid 200 10m;|" "$BLOG_CONF"
cat >"$BLOG_DIR/archive.php" <<'PHP'
<?php header("Expires: " . gmdate("D, d M Y H:i:s", time() + 600) . " GMT"); echo str_repeat("all the posts of all the years\n", 10000);
PHP
reload_nginx
for i in {1..4}; do curl -s -m 10 -o /dev/null -H "Host: $BLOG_SITE" "http://127.0.0.1/archive.php?page=$i" || true; done
dd if=/dev/zero of=/srv/cache/pages/old-pages.tar bs=4096 2>/dev/null || true
requests "$BLOG_SITE" '/archive.php?page=13' 25 0.15 -m 10
