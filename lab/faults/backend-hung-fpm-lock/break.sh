# The import page of the blog holds the lock of the page counter and waits for a feed that never ends; every other page waits for that lock.
visitors
keep "$BLOG_DIR/index.php"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
$counter = fopen('/tmp/blog-counter', 'c+');
flock($counter, LOCK_EX);
$seen = (int) stream_get_contents($counter) + 1;
rewind($counter);
fwrite($counter, (string) $seen);
flock($counter, LOCK_UN);
echo "page $seen\n";
PHP
cat >"$BLOG_DIR/import.php" <<'PHP'
<?php
$counter = fopen('/tmp/blog-counter', 'c+');
flock($counter, LOCK_EX);
[$feed, $silent] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
stream_set_timeout($feed, 864000);
fgets($feed);
PHP
blog_pool 's/^pm = .*/pm = static/' 's/^pm.max_children = .*/pm.max_children = 40/'
wait_until 10 listens_at "unix:$BLOG_SOCK"
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)fastcgi_pass unix:$BLOG_SOCK;|&\n\1fastcgi_read_timeout 5s;|" "$BLOG_CONF"
reload_nginx
(unnoted=1 requests "$BLOG_SITE" / 5 >/dev/null)
curl -s -m 1 -o /dev/null -H "Host: $BLOG_SITE" http://127.0.0.1/import.php || true
requests "$BLOG_SITE" / 12 2.5
