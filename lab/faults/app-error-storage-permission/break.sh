# Somebody ran a command of the blog's framework as root, which made today's log file: PHP may not append to it, and the framework gives up on each page before it shows anything.
visitors
mkdir -p "$BLOG_DIR/storage/logs"
chown www-data: "$BLOG_DIR/storage" "$BLOG_DIR/storage/logs"
echo "[2026-01-01 00:00:01] production.INFO: cache cleared" >"$BLOG_DIR/storage/logs/blog.log"
chmod 0644 "$BLOG_DIR/storage/logs/blog.log"
keep "$BLOG_DIR/index.php"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
$file = __DIR__ . '/storage/logs/blog.log';
$log = @fopen($file, 'a');
if (!$log) throw new UnexpectedValueException("The stream or file \"$file\" could not be opened in append mode: " . preg_replace('/^fopen\(.*?\): /', '', error_get_last()['message']));
fwrite($log, "page\n");
echo "posts\n";
PHP
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests "$BLOG_SITE" / 25
