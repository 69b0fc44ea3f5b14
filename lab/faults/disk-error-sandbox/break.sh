# A hardened unit shows nginx its folder of large answers read-only; for everybody else on the host it is as before.
visitors
mkdir -p /etc/systemd/system/nginx.service.d
printf '[Service]\nReadOnlyPaths=/var/lib/nginx/fastcgi\n' >/etc/systemd/system/nginx.service.d/hardening.conf
cat >"$BLOG_DIR/archive.php" <<'PHP'
<?php echo str_repeat("all the posts of all the years\n", 300000);
PHP
systemctl daemon-reload
systemctl restart nginx.service
requests "$BLOG_SITE" /archive.php 20 0.2 --limit-rate 200k -m 4
