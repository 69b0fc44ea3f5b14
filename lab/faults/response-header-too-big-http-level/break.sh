# All fastcgi buffers of the host were made 1k in one line of nginx.conf, and the blog's sign-in sets the four cookies of an ordinary content system.
visitors
keep "$BLOG_DIR/index.php"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
foreach (["auth", "logged_in", "settings", "recent"] as $name) {
    setcookie("cms_{$name}_" . md5("cms"), "editor|1763766000|" . hash("sha512", $name) . bin2hex(random_bytes(64)), 0, "/");
}
echo "blog\n";
PHP
systemctl restart "$BLOG_UNIT"
requests "$BLOG_SITE" / 3 >/dev/null
http_directive 'fastcgi_buffer_size 1k;'
reload_nginx
requests "$BLOG_SITE" / 30
