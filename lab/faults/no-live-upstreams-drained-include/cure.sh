sed -i 's/ down;/;/' /etc/nginx/pools/blog.inc
reload_nginx
