# The blog keeps its sessions on a file system that is full, and gives up with an exception.
visitors
mkdir -p /var/lib/blog-sessions
mount -t tmpfs -o size=1m,mode=0777 tmpfs /var/lib/blog-sessions
dd if=/dev/zero of=/var/lib/blog-sessions/dump.sql bs=4096 2>/dev/null || true
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
set_error_handler(function ($number, $message) { throw new ErrorException($message); });
file_put_contents("/var/lib/blog-sessions/" . bin2hex(random_bytes(8)), str_repeat("x", 9000));
echo "posts\n";
PHP
requests "$BLOG_SITE" / 20 0.2
