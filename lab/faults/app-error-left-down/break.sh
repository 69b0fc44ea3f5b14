# The blog's framework has a maintenance switch of its own. The script of the release turned it on, broke off, and never turned it off: PHP answers 503, nginx knows nothing of it.
visitors
keep "$BLOG_DIR/index.php"
mkdir -p "$BLOG_DIR/storage/framework"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
if (is_file(__DIR__ . "/storage/framework/down")) {
    http_response_code(503);
    header("Retry-After: 60");
    exit("<h1>503 Service Unavailable</h1>\n");
}
echo "blog\n";
PHP
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests "$BLOG_SITE" / 4 >/dev/null
printf '{"retry":60,"status":503}\n' >"$BLOG_DIR/storage/framework/down"
requests "$BLOG_SITE" / 30
