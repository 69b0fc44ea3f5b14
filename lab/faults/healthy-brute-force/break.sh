# Three addresses try passwords at the login of the blog all day and get 401 for each; a rule bans a fourth. Everybody else is served as ever.
cat >"$BLOG_DIR/login.php" <<'PHP'
<?php
if (($_POST['password'] ?? '') !== 'correct horse') {
    http_response_code(401);
    error_log("login failed for " . preg_replace('/\W/', '', $_POST['user'] ?? '') . " from {$_SERVER['REMOTE_ADDR']}");
    exit("wrong password\n");
}
echo "welcome\n";
PHP
visitors
nft add table inet f2b
nft add chain inet f2b input '{ type filter hook input priority -1; policy accept; }'
nft add rule inet f2b input ip saddr 127.0.66.4 tcp dport '{ 80, 443 }' counter reject
for n in 1 2 3; do (unnoted=1 && requests "$BLOG_SITE" /login.php 40 0.05 --interface "127.0.66.$n" -d 'user=admin&password=123456' >/dev/null) & done
(unnoted=1 && requests "$BLOG_SITE" /login.php 5 0.1 --interface 127.0.66.4 -d 'user=admin&password=123456' >/dev/null) &
wait
requests "$BLOG_SITE" / 20
shop_requests 20
