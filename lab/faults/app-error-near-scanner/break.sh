# A scanner asks the help desk for scripts that never were, and the log is full of it. What fails is the desk itself: after the upgrade PHP has no imap extension any more.
mkdir -p /srv/desk
printf '<?php\necho "desk\\n";\n' >/srv/desk/index.php
cat >"$(new_site desk)" <<EOF2
server {
    listen 80;
    server_name desk.example.com;
    root /srv/desk;
    index index.php;

    location ~ \.php$ {
        include fastcgi.conf;
        fastcgi_pass unix:$BLOG_SOCK;
    }
}
EOF2
reload_nginx
visitors
requests desk.example.com / 3 >/dev/null
for script in wp-login xmlrpc adminer shell eval-stdin; do requests desk.example.com "/$script.php" 4; done >/dev/null
cat >/srv/desk/index.php <<'PHP'
<?php
$box = imap_open("{mail.example.com:993/ssl}INBOX", "desk", "secret");
echo "desk\n";
PHP
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests desk.example.com / 30
