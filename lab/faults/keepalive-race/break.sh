# The backend closes a connection that was idle for two seconds, nginx would use it for a minute. Clients come in step with that.
visitors
idle_server 2
shop_keepalive 'keepalive 64;'
reload_nginx
waves 2.03
