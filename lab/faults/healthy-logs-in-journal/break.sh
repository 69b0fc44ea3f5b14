# The shop writes both of its logs to the journal by syslog: no file tells how it does, and it does well.
visitors
shop_with "s|access_log $ACCESS_LOG;|access_log syslog:server=unix:/dev/log,tag=shop_access;|"
if [ "$ERROR_LOG" = /var/log/nginx/error.log ]; then
  shop_server_directive 'error_log syslog:server=unix:/dev/log,tag=shop_error;'
else
  shop_with "s|error_log $ERROR_LOG;|error_log syslog:server=unix:/dev/log,tag=shop_error;|"
fi
reload_nginx
shop_requests 30
