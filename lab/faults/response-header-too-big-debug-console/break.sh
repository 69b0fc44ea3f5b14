# The blog's buffer was raised to 16k long ago. A debug console was left on in production: all queries of a page go to the browser in one header of 30 kB.
visitors
keep "$BLOG_CONF" "$BLOG_DIR/index.php"
sed -i --follow-symlinks "s|^\([ \t]*\)fastcgi_pass unix:$BLOG_SOCK;|&\n\1fastcgi_buffers 16 16k;\n\1fastcgi_buffer_size 16k;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 3 >/dev/null
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
$rows = [];
for ($i = 0; $i < 220; $i++) $rows[] = [["SELECT * FROM posts WHERE id = $i"], "/srv/blog/lib/Store.php : 214", "info"];
header("X-ChromeLogger-Data: " . base64_encode(json_encode(["version" => "4.1.0", "columns" => ["log", "backtrace", "type"], "rows" => $rows])));
echo "blog\n";
PHP
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests "$BLOG_SITE" / 30
