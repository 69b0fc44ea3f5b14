# A script checks who asks and lets nginx send the invoice (X-Accel-Redirect); the invoices are made by a job whose files are for itself alone.
visitors
mkdir -p /srv/invoices/store
echo '<?php header("X-Accel-Redirect: /store/17.pdf");' >/srv/invoices/get.php
echo invoice >/srv/invoices/store/17.pdf
chmod 0755 /srv/invoices
chmod 0644 /srv/invoices/get.php
chown -R backup:backup /srv/invoices/store
chmod 0700 /srv/invoices/store
cat >"$(new_site invoices)" <<NGINX
server {
    listen 80;
    server_name invoices.example.com;

    location / {
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME /srv/invoices/get.php;
        fastcgi_pass unix:$BLOG_SOCK;
    }

    location /store/ {
        internal;
        alias /srv/invoices/store/;
    }
}
NGINX
reload_nginx
requests invoices.example.com /invoice?number=17 30
