# The gallery of the blog loads all its pictures at once and runs into PHP's own memory_limit. That is said in nearly the words of a process that was killed for memory; nobody was killed, PHP answers 500 and works on.
usual_day shop
blog_pool '$a php_admin_value[memory_limit] = 32M'
wait_until 10 listens_at "unix:$BLOG_SOCK"
cat >"$BLOG_DIR/gallery.php" <<'PHP'
<?php
$pictures = [];
for ($i = 0; $i < 40; $i++) $pictures[] = str_repeat(chr(64 + $i), 2000000);
echo count($pictures);
PHP
requests "$BLOG_SITE" / 20 0.1 &
requests "$BLOG_SITE" /gallery.php 30 0.1
wait
