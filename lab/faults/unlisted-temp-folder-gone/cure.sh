mv /var/lib/nginx/body.old /var/lib/nginx/body
