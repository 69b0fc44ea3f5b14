# Hundreds of sockets in TIME-WAIT look alarming and are nothing beside 28,000 ports.
visitors
remote_backend
reload_nginx
shop_requests 300 0.01
