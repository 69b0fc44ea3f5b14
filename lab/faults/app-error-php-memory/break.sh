# The archive of the blog reads all posts of all years into memory at once; since the last import they are more than memory_limit allows.
cat >"$BLOG_DIR/archive.php" <<'PHP'
<?php
$posts = [];
for ($i = 0; $i < (int) file_get_contents(__DIR__ . '/count.txt'); $i++) $posts[] = str_repeat("post $i ", 1000);
echo count($posts), " posts\n";
PHP
echo 200 >"$BLOG_DIR/count.txt"
visitors
requests "$BLOG_SITE" /archive.php 5 >/dev/null
(unnoted=1 && for path in wp-login.php .env xmlrpc.php; do requests "$BLOG_SITE" "/old/$path" 3 0.05 >/dev/null; done)
systemd-run -q --unit=offsite-copy /bin/false || true
echo 60000 >"$BLOG_DIR/count.txt"
requests "$BLOG_SITE" / 10 >/dev/null
requests "$BLOG_SITE" /archive.php 25
