# nginx was stopped; somebody then asked it to reload, which complains about the pid file of an nginx that does not run.
visitors
systemctl stop nginx.service
nginx -s reload 2>>/var/log/nginx/error.log || true
requests "$WWW_SITE" / 10
