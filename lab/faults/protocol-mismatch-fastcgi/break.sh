# The backend was PHP once: FastCGI to a server that speaks http.
visitors
shop_passes 'include fastcgi_params;' 'fastcgi_pass @TARGET@;'
reload_nginx
shop_requests 30
