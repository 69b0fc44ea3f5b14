# php-fpm was hardened: for its processes alone the folder of the readers' letters is read-only, and the script that keeps a letter gives up.
visitors
mkdir -p /var/lib/letters
chmod 0777 /var/lib/letters
cat >"$BLOG_DIR/letter.php" <<'PHP'
<?php
set_error_handler(function ($number, $message) { throw new ErrorException($message); });
file_put_contents("/var/lib/letters/" . bin2hex(random_bytes(8)), "dear editor\n");
echo "thank you\n";
PHP
mkdir -p "/etc/systemd/system/$BLOG_UNIT.d"
printf '[Service]\nReadOnlyPaths=/var/lib/letters\n' >"/etc/systemd/system/$BLOG_UNIT.d/hardening.conf"
systemctl daemon-reload
systemctl restart "$BLOG_UNIT"
requests "$BLOG_SITE" /letter.php 30
