# Uploads reach the blog; its script may not write where it keeps pictures, since a deploy as root, and gives up. nginx's own folders are well.
visitors
mkdir -p /srv/pictures/2026
chmod 0755 /srv/pictures /srv/pictures/2026
cat >"$BLOG_DIR/upload.php" <<'PHP'
<?php
set_error_handler(function ($number, $message) { throw new ErrorException($message); });
file_put_contents("/srv/pictures/2026/" . bin2hex(random_bytes(8)) . ".jpg", file_get_contents("php://input"));
echo "thank you\n";
PHP
head -c 300000 /dev/zero >/tmp/upload
requests "$BLOG_SITE" /upload.php 25 0.1 -X POST -H 'Content-Type: image/jpeg' --data-binary @/tmp/upload
