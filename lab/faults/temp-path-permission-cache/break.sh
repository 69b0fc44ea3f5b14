# The page cache of the blog came back from a backup, and everything in it belongs to root.
visitors
mkdir -p /srv/cache/pages
http_directive 'fastcgi_cache_path /srv/cache/pages keys_zone=pages:1m use_temp_path=off;'
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)fastcgi_pass .*$(plain_text "$BLOG_SOCK");|&\n\1fastcgi_cache pages;\n\1fastcgi_cache_key \$request_uri;\n\1fastcgi_cache_valid 200 10m;|" "$BLOG_CONF"
cat >"$BLOG_DIR/archive.php" <<'PHP'
<?php header("Expires: " . gmdate("D, d M Y H:i:s", time() + 600) . " GMT"); echo str_repeat("all the posts of all the years\n", 10000);
PHP
reload_nginx
cp -r /srv/cache/pages /srv/cache/restored
rm -r /srv/cache/pages
mv /srv/cache/restored /srv/cache/pages
chmod 0700 /srv/cache/pages
requests "$BLOG_SITE" '/archive.php?page=7' 25 0.15 -m 10
