# Scanners ask a healthy PHP site for scripts that never existed.
mkdir -p /srv/intranet
echo '<?php echo "intranet\n";' >/srv/intranet/index.php
cat >"$(new_site intranet)" <<EOF2
server {
    listen 80;
    server_name intranet.example.com;
    root /srv/intranet;
    index index.php;

    location ~ \.php$ {
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
        fastcgi_pass unix:$BLOG_SOCK;
    }
}
EOF2
reload_nginx
visitors
for script in wp-login xmlrpc setup-config adminer shell; do requests intranet.example.com "/$script.php" 4; done >/dev/null
requests intranet.example.com / 20
